//! What is worth talking about, to be read from the back of a room.

use maud::{Markup, html};

use super::super::words;
use super::parts;
use crate::eval::Prompt;

pub(super) fn render(prompts: &[Prompt<'_, '_>]) -> Markup {
    if prompts.is_empty() {
        return parts::nothing("Nothing stands out: what would you like to talk about?");
    }
    html! {
        ol.prompts {
            @for prompt in prompts {
                @let went_well = prompt.topic.went_well();
                li.went-well[went_well] {
                    p.prompt { (words::prompt(&prompt.topic)) }
                    @if went_well || prompt.team.is_some() {
                        p.of {
                            @if went_well { span.well { "went well" } }
                            @if let Some(team) = prompt.team { span { (team) } }
                        }
                    }
                }
            }
        }
    }
}
