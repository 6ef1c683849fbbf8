//! Parts of short texts. The standard library's search is made for long ones, and would be a kilobyte of what a page loads.

/// Whether `part` stands somewhere in `text`.
#[must_use]
pub fn has(text: &str, part: &str) -> bool {
    position(text, part).is_some()
}

/// What stands before the first `part` of `text`, and what stands behind it.
#[must_use]
pub fn cut<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    let at = position(text, part)?;
    Some((text.get(..at)?, text.get(at.checked_add(part.len())?..)?))
}

#[inline(never)]
fn position(text: &str, part: &str) -> Option<usize> {
    (0..=text.len()).find(|at| text.as_bytes().get(*at..).is_some_and(|rest| rest.starts_with(part.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::{cut, has};

    #[test]
    fn it_finds_what_the_standard_library_finds() {
        let texts = ["", "a", "aab", "ab failed with error c failed with error d", "パスキーとパス", "ーパ"];
        for (text, part) in
            texts.iter().flat_map(|text| texts.iter().chain(&[" failed with error ", "b", "ス"]).map(move |part| (text, part)))
        {
            assert_eq!(has(text, part), text.contains(part), "{part} in {text}");
            assert_eq!(cut(text, part), text.split_once(part), "{part} in {text}");
        }
    }
}
