//! The rules for a new password, and which of them what is typed keeps.

use cognito_protocol::flow::PasswordRule;
use yew::{Html, html};

use crate::{i18n::Key, ui::draw::Draw};

/// The list, with its id. A rule says in words whether it is kept, and is read aloud when that changes.
pub(super) fn checklist(draw: &Draw<'_>) -> (String, Html) {
    let (id, label) = (draw.id("rules"), draw.id("rules-label"));
    let rule = |(at, rule): (usize, PasswordRule)| {
        let is_kept = draw.kept_rules & (1 << at) != 0;
        let (class, mark, state) =
            if is_kept { ("kept", "✓", Key::PasswordPolicyKept) } else { ("", "○", Key::PasswordPolicyMissing) };
        html! {
            <li {class} aria-atomic="true">
                <span class="mark" aria-hidden="true">{ mark }</span>
                <span><span class="unseen">{ draw.text(state) }{ " " }</span>{ words(draw, rule) }</span>
            </li>
        }
    };
    let list = html! {
        <div id={id.clone()} class="checklist" part="checklist">
            <p id={label.clone()} part="text">{ draw.text(Key::PasswordPolicyHeading) }</p>
            <ul role="list" aria-labelledby={label} aria-live="polite">
                { for draw.config.password_policy.rules().enumerate().map(rule) }
            </ul>
        </div>
    };
    (id, list)
}

fn words(draw: &Draw<'_>, rule: PasswordRule) -> String {
    let key = match rule {
        PasswordRule::Length => {
            let length = i64::try_from(draw.config.password_policy.min_length()).unwrap_or(i64::MAX);
            return draw.texts().count(Key::PasswordPolicyLength, "characters", length);
        }
        PasswordRule::Upper => Key::PasswordPolicyUpper,
        PasswordRule::Lower => Key::PasswordPolicyLower,
        PasswordRule::Digit => Key::PasswordPolicyDigit,
        PasswordRule::Symbol => Key::PasswordPolicySymbol,
        PasswordRule::Ends => Key::NoticeInvalidPasswordEnds,
    };
    draw.text(key).to_owned()
}
