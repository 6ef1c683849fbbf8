//! `account`: the signed-in person's settings, a section each.

use cognito_protocol::flow::{AccountSettings, AccountView, Action, Contact, ContactDetail, Details, Factor, Person};
use yew::{Html, html};

use crate::{
    i18n::Key,
    ui::{
        draw::{Draw, When},
        layout::{Button, Layout, Look},
        parts::{action, called, contact_details, devices, paragraph, passkeys, radio, subheading, to_contact_details},
    },
};

pub(super) static LAYOUT: Layout = Layout { below: Some(account), ..Layout::headed(Key::AccountHeading) };

static SIGN_IN: Button = secondary(Action::SignIn, Key::AccountSignIn);
static TRY_AGAIN: Button = secondary(Action::TryAgain, Key::CommonTryAgain);
static SET_UP: Button = secondary(Action::SetUpAuthenticator, Key::AccountSetUpAuthenticator);
static REPLACE: Button = secondary(Action::SetUpAuthenticator, Key::AccountReplaceAuthenticator);
static TURN_OFF_APP: Button = secondary(Action::TurnOff(Factor::App), Key::AccountTurnOffAuthenticator);
static TURN_ON_SMS: Button = secondary(Action::TurnOn(Factor::Sms), Key::AccountTurnOnSms);
static TURN_OFF_SMS: Button = secondary(Action::TurnOff(Factor::Sms), Key::AccountTurnOffSms);
static TURN_ON_EMAIL: Button = secondary(Action::TurnOn(Factor::Email), Key::AccountTurnOnEmail);
static TURN_OFF_EMAIL: Button = secondary(Action::TurnOff(Factor::Email), Key::AccountTurnOffEmail);
static CHANGE_PASSWORD: Button = secondary(Action::ChangePassword, Key::AccountChangePassword);
static DELETE: Button = secondary(Action::DeleteAccount, Key::AccountDelete);
static SIGN_OUT_EVERYWHERE: Button = secondary(Action::SignOutEverywhere, Key::AccountSignOutEverywhere);

const fn secondary(action: Action, text: Key) -> Button {
    Button { action, text, look: Look::Secondary, when: When::Always }
}

fn account(draw: &Draw<'_>) -> Html {
    let Details::Account(account) = &draw.view.details else { return Html::default() };
    match account {
        AccountView::NotSignedIn => {
            html! { <>{ paragraph(draw.text(Key::AccountSignedOut)) }{ action(draw, &SIGN_IN) }</> }
        }
        AccountView::Loading => Html::default(),
        AccountView::Unknown => action(draw, &TRY_AGAIN),
        AccountView::Ready(settings) => html! {
            <>
                { protection(draw, settings) }
                { devices(draw, settings) }
                { contact_details(draw, settings) }
                { section(draw, Key::AccountEverywhere, Some(draw.text(Key::AccountEverywhereText)), &[&SIGN_OUT_EVERYWHERE]) }
                { section(draw, Key::AccountDelete, Some(draw.text(Key::AccountDeleteText)), &[&DELETE]) }
            </>
        },
    }
}

/// What protects the account: here, or at the provider that the person signs in with.
fn protection(draw: &Draw<'_>, settings: &AccountSettings) -> Html {
    if let Some(provider) = &settings.provider {
        let text = draw.texts().fill(Key::AccountProvider, &[("provider", called(provider))]);
        return text.as_deref().map(paragraph).unwrap_or_default();
    }
    html! {
        <>
            { section(draw, Key::AccountPassword, None, &[&CHANGE_PASSWORD]) }
            { authenticator(draw, settings) }
            { sms(draw, settings) }
            { email(draw, settings) }
            { preferred(draw, settings) }
            { for settings.passkeys.as_ref().map(|list| passkeys(draw, list)) }
        </>
    }
}

fn section(draw: &Draw<'_>, heading: Key, text: Option<&str>, buttons: &[&Button]) -> Html {
    html! {
        <>
            { subheading(draw.text(heading)) }
            { for text.map(paragraph) }
            { for buttons.iter().map(|button| action(draw, button)) }
        </>
    }
}

fn authenticator(draw: &Draw<'_>, settings: &AccountSettings) -> Html {
    let (state, buttons): (_, &[&Button]) = if settings.factors.contains(&Factor::App) {
        (Key::AccountAuthenticatorOn, &[&REPLACE, &TURN_OFF_APP])
    } else {
        (Key::AccountAuthenticatorOff, &[&SET_UP])
    };
    section(draw, Key::AccountAuthenticator, Some(draw.text(state)), buttons)
}

fn sms(draw: &Draw<'_>, settings: &AccountSettings) -> Html {
    let is_on = settings.factors.contains(&Factor::Sms);
    let state = if is_on { Key::AccountSmsOn } else { Key::AccountSmsOff };
    let number = settings.verified(Contact::PhoneNumber).map(ContactDetail::masked_number);
    let number = number.and_then(|number| draw.texts().fill(state, &[("number", &number)]));
    let buttons: &[&Button] = match (is_on, &number) {
        (true, _) => &[&TURN_OFF_SMS],
        (false, Some(_)) => &[&TURN_ON_SMS],
        (false, None) => &[],
    };
    let text = number.as_deref().unwrap_or(draw.text(Key::AccountSmsNoNumber));
    html! { <>{ section(draw, Key::AccountSms, Some(text), buttons) }{ for number.is_none().then(|| to_contact_details(draw)) }</> }
}

fn email(draw: &Draw<'_>, settings: &AccountSettings) -> Html {
    let has_address = settings.verified(Contact::Email).is_some();
    let (state, buttons): (_, &[&Button]) = if settings.factors.contains(&Factor::Email) {
        (Key::AccountEmailOn, &[&TURN_OFF_EMAIL])
    } else if has_address {
        (Key::AccountEmailOff, &[&TURN_ON_EMAIL])
    } else {
        (Key::AccountEmailNoAddress, &[])
    };
    let section = section(draw, Key::AccountEmail, Some(draw.text(state)), buttons);
    html! { <>{ section }{ for (!has_address).then(|| to_contact_details(draw)) }</> }
}

/// With two factors or more: which one is asked for first. It is saved when it is chosen.
fn preferred(draw: &Draw<'_>, settings: &AccountSettings) -> Html {
    if settings.factors.len() < 2 {
        return Html::default();
    }
    let is_on = |factor: &&Factor| settings.factors.contains(factor);
    let choice = |factor: &Factor| {
        let factor = *factor;
        let onchange = draw.input.reform(move |_: yew::Event| Person::Pressed(Action::Prefer(factor)).into());
        radio(draw, "preferred", factor.as_str(), factor, Some((settings.preferred == Some(factor), onchange)))
    };
    let heading = draw.text(Key::AccountPreferred);
    html! {
        <>
            { subheading(heading) }
            <div class="choices" part="field" role="radiogroup" aria-label={heading.to_owned()}>
                { for [Factor::App, Factor::Sms, Factor::Email].iter().filter(is_on).map(choice) }
            </div>
        </>
    }
}
