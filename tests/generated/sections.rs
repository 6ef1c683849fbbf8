//! The generated sections of a file that people write.

/// A section: the name in the comment above it, and its lines.
pub type Section = (&'static str, String);

/// The text with all of its sections renewed.
pub fn replaced(text: &str, sections: &[Section]) -> String {
    let mut result = String::new();
    let mut lines = text.lines();
    let mut used = Vec::new();
    while let Some(line) = lines.next() {
        result.push_str(line);
        result.push('\n');
        let Some(name) = line.split_once("generated: ").map(|(_, name)| name.trim_end_matches("-->").trim()) else { continue };
        let section = sections.iter().find(|(known, _)| *known == name);
        let (_, content) = section.unwrap_or_else(|| panic!("nothing generates the section `{name}`"));
        let end = lines.find(|line| line.contains("end of generated"));
        let end = end.unwrap_or_else(|| panic!("the section `{name}` has no end"));
        result.push_str(content);
        result.push_str(end);
        result.push('\n');
        used.push(name);
    }
    for (name, _) in sections {
        assert!(used.contains(name), "no section `{name}` is there to be generated");
    }
    result
}

#[test]
fn only_what_is_generated_is_replaced() {
    let text = "a\n<!-- generated: one -->\nold\n<!-- end of generated -->\nb\n  // generated: two\n  // end of generated\n";
    let made = replaced(text, &[("one", "new\n".to_owned()), ("two", "  2\n".to_owned())]);
    assert_eq!(made, text.replace("old", "new").replace("two\n", "two\n  2\n"));
}
