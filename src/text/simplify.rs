//! Names as they are compared where nobody minds how they are written.

/// The words of a text in lower case, joined by hyphens: `RAG status:` and `rag_status` are the same.
#[must_use]
pub fn simplified(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
