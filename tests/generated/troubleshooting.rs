//! `docs/troubleshooting.md`: a section for each fault, with the words that the widget and the doctor have.

use std::{fmt::Write, fs, path::Path};

use cognito_protocol::fault::{Fault, HELP_PAGE};

use crate::sections::Section;

/// The generated sections: the list of codes, and the words below each heading.
pub fn sections() -> Vec<Section> {
    let mut codes = "\n| code | |\n|---|---|\n".to_owned();
    for fault in Fault::ALL {
        let _ = writeln!(codes, "| [`{0}`](#{0}) | {1} |", fault.code(), fault.problem());
    }
    let words = |fault: &Fault| (fault.code(), format!("\n**{}** {}\n\n", fault.problem(), fault.mend()));
    [("codes", codes + "\n")].into_iter().chain(Fault::ALL.iter().map(words)).collect()
}

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect(file)
}

#[test]
fn every_fault_has_a_section_and_every_section_a_fault() {
    let page = read("docs/troubleshooting.md");
    let headings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let codes: Vec<&str> = Fault::ALL.iter().map(|fault| fault.code()).collect();
    assert_eq!(headings, codes);
    for heading in headings {
        let section = page.split(&format!("\n## {heading}\n")).nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
        let (_, own) = section.split_once("end of generated -->").unwrap();
        assert!(own.trim().len() > 200, "{heading} does not say why and how");
    }
}

#[test]
fn every_link_to_a_section_leads_to_one() {
    let (_, file) = HELP_PAGE.split_once("/main/").unwrap();
    assert_eq!(file, "docs/troubleshooting.md#");
    let known = |code: &str| Fault::named(code).is_some();
    let mut links = 0;
    for file in ["README.md", "npm/README.md", "SECURITY.md", "docs/cognito.md", "docs/local-pool.md", "docs/troubleshooting.md"]
    {
        let text = read(file);
        let own = if file == "docs/troubleshooting.md" { "](#" } else { "troubleshooting.md#" };
        for rest in text.split(own).skip(1) {
            let code: String = rest.chars().take_while(|char| char.is_ascii_alphanumeric() || *char == '_').collect();
            assert!(known(&code), "{file}: docs/troubleshooting.md has no section `{code}`");
            links += 1;
        }
    }
    assert!(links > Fault::ALL.len());
}

#[test]
fn a_fault_that_the_widget_tells_says_what_is_wrong_and_how_to_mend_it() {
    for fault in Fault::ALL {
        for sentence in [fault.problem(), fault.mend()] {
            assert!(sentence.ends_with('.'), "{}: {sentence}", fault.code());
        }
        let told = if fault.is_told_by_element() { format!("{} {}", fault.problem(), fault.mend()) } else { String::new() };
        assert_eq!(fault.advice(), told);
        assert_eq!(fault.help_url(), format!("{HELP_PAGE}{}", fault.code()));
    }
}
