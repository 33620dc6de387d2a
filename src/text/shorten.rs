//! Values from files that are too long to be repeated in a sentence.

const LONGEST: usize = 160;
const HEAD: usize = 100;
const TAIL: usize = 40;

/// The text with the middle of every overlong part between backquotes left out.
pub fn shorten(text: String) -> String {
    // In bytes there are at least as many.
    if text.len() <= LONGEST {
        return text;
    }
    text.split('`').map(shorten_part).collect::<Vec<_>>().join("`")
}

fn shorten_part(part: &str) -> String {
    if part.chars().nth(LONGEST).is_none() {
        return part.to_owned();
    }
    let head: String = part.chars().take(HEAD).collect();
    let tail = part.char_indices().rev().nth(TAIL - 1).map_or(part, |(at, _)| &part[at..]);
    format!("{head}…{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_overlong_is_cut_and_between_letters() {
        let long = "é".repeat(1000);
        let short = shorten(format!("`{long}` is no `date`"));
        assert_eq!(short, format!("`{}…{}` is no `date`", "é".repeat(100), "é".repeat(40)));
        let many = "`logging`, ".repeat(100);
        assert_eq!(shorten(many.clone()), many);
    }
}
