//! What is worth talking about, to be read from the back of a room.

use maud::{Markup, html};

use super::super::Prompt;
use super::parts;

pub(super) fn render(prompts: &[Prompt]) -> Markup {
    if prompts.is_empty() {
        return parts::nothing("Nothing stands out: what would you like to talk about?");
    }
    html! {
        ol.prompts {
            @for prompt in prompts {
                li.went-well[prompt.went_well] {
                    p.prompt { (prompt.text) }
                    @if prompt.went_well || prompt.team.is_some() {
                        p.of {
                            @if prompt.went_well { span.well { "went well" } }
                            @if let Some(team) = &prompt.team { span { (team) } }
                        }
                    }
                }
            }
        }
    }
}
