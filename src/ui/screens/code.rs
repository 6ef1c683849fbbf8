//! `email-code`, `totp-code` and `custom-challenge`: one answer, typed into one field.

use cognito_protocol::flow::{CodeView, Event, Notice};
use yew::{Html, html};

use crate::{
    i18n::Message,
    shell::clock,
    ui::{
        Input,
        parts::{Button, ButtonKind, Draw, Field},
    },
};

/// How long after a new code was sent another may be asked for, where the triggers do not say.
const RESEND_AFTER_SECS: i64 = 30;

pub(super) fn email_code(draw: &Draw<'_>, code: &CodeView) -> Html {
    let destination = code.parameters.get("destination");
    html! {
        <>
            { draw.heading(&draw.text(Message::EmailCodeHeading)) }
            { draw.paragraph(&draw.text(Message::EmailCodeSent { destination })) }
            { draw.notice() }
            if !code.taken_over {
                { form(draw, Field::code(draw.text(Message::VerificationCode), &draw.widget.answer), Message::Verify) }
                { send_new_code(draw, code) }
            }
            { back(draw) }
        </>
    }
}

pub(super) fn totp_code(draw: &Draw<'_>) -> Html {
    html! {
        <>
            { draw.heading(&draw.text(Message::TotpCodeHeading)) }
            { draw.paragraph(&draw.text(Message::TotpCodeText)) }
            { draw.notice() }
            { form(draw, Field::code(draw.text(Message::VerificationCode), &draw.widget.answer), Message::Verify) }
            { back(draw) }
        </>
    }
}

/// The public parameters `title` and `hint` say what is asked.
pub(super) fn custom_challenge(draw: &Draw<'_>, code: &CodeView) -> Html {
    let title = code.parameters.get("title").map_or_else(|| draw.text(Message::CustomChallengeHeading), str::to_owned);
    html! {
        <>
            { draw.heading(&title) }
            { for code.parameters.get("hint").map(|hint| draw.paragraph(hint)) }
            { draw.notice() }
            if !code.taken_over {
                { form(draw, Field::new("answer", draw.text(Message::Answer), &draw.widget.answer), Message::Continue) }
            }
            { back(draw) }
        </>
    }
}

fn form(draw: &Draw<'_>, field: Field<'_>, submit: Message<'_>) -> Html {
    let invalid = draw
        .is_notice(|notice| matches!(notice, Notice::AnswerMissing | Notice::WrongCode | Notice::CodeExpired | Notice::CodeUsed));
    let content = html! {
        <>
            { Field { invalid, ..field }.draw(draw) }
            { Button::submit(&draw.text(submit)).draw(draw) }
        </>
    };
    draw.form(|| Input::AnswerSubmitted, content)
}

fn send_new_code(draw: &Draw<'_>, code: &CodeView) -> Html {
    let wait_secs = resend_wait_secs(code);
    let onclick = draw.link.callback(|_| Input::from(Event::NewCodeRequested));
    let why = draw.id("wait");
    let text = draw.text(Message::SendNewCode);
    let button = Button {
        idle: wait_secs > 0 || draw.busy,
        described_by: (wait_secs > 0).then(|| why.clone()),
        ..Button::new(ButtonKind::Quiet, &text, onclick)
    };
    html! {
        <>
            { button.draw(draw) }
            if wait_secs > 0 {
                <p id={why} class="wait" part="text">{ draw.text(Message::SendNewCodeIn { seconds: wait_secs }) }</p>
            }
        </>
    }
}

/// How many seconds must go by before another new code may be asked for. The first may be asked for at once.
pub(in crate::ui) fn resend_wait_secs(code: &CodeView) -> u32 {
    let Some(renewed_at_millis) = code.renewed_at_millis else { return 0 };
    let after_secs = code.parameters.get("resendAfter").and_then(|secs| secs.parse().ok()).unwrap_or(RESEND_AFTER_SECS);
    let wait_millis = renewed_at_millis + after_secs.clamp(0, 600) * 1000 - clock::now_millis();
    u32::try_from(wait_millis.max(0).saturating_add(999) / 1000).unwrap_or(0)
}

pub(super) fn back(draw: &Draw<'_>) -> Html {
    let onclick = draw.link.callback(|_| Input::from(Event::BackRequested));
    Button::new(ButtonKind::Quiet, &draw.text(Message::BackToSignIn), onclick).draw(draw)
}
