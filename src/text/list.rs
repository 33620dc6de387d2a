//! Names and counts in a sentence.

/// "`a`, `b` and `c`".
pub fn list<T: AsRef<str>>(names: &[T]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.split_last() {
        None => "none".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

/// The first few of many names: "`a`, `b` and 17 more".
pub fn list_some<T: AsRef<str>>(names: &[T]) -> String {
    const ENOUGH: usize = 10;
    match names.split_at_checked(ENOUGH) {
        Some((first, rest)) if !rest.is_empty() => {
            let first: Vec<_> = first.iter().map(|name| format!("`{}`", name.as_ref())).collect();
            format!("{} and {} more", first.join(", "), rest.len())
        }
        Some(_) | None => list(names),
    }
}

/// "1 service", "2 services".
#[must_use]
pub fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// "1 day", "3 days"; whether they are ahead or past is for the words around them.
#[must_use]
pub fn days(days: i64) -> String {
    plural(usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX), "day", "days")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_names_only_the_first_are_listed() {
        let names: Vec<_> = (0..12).map(|at| format!("s{at}")).collect();
        assert_eq!(list_some(&names[..2]), "`s0` and `s1`");
        assert!(list_some(&names).ends_with("`s9` and 2 more"));
    }
}
