//! Effects and screens in a few words, which transcripts compare.

use cognito_protocol::{
    Secret,
    flow::{AccountView, Answer, Details, Effect, Factor, HostEvent, Job, Tokens},
};
use serde_json::Value;

use super::Machine;

impl Machine {
    /// Keeps what a reply or result needs, and says in a few words what the effect is.
    pub(super) fn call_job_or_timer(&mut self, effect: Effect) -> String {
        match effect {
            Effect::Call { id, request } => {
                let text = format!("call {}", request.operation);
                self.call = Some((id, request));
                text
            }
            Effect::Derive { id, job } => {
                let text = match &job {
                    Job::MakePublicValue => "derive A".to_owned(),
                    Job::MakeRedirectSecrets => "derive redirect secrets".to_owned(),
                    Job::ProvePassword(_) => "derive proof".to_owned(),
                    Job::MakeDevice { .. } => "derive device".to_owned(),
                };
                self.job = Some((id, job));
                text
            }
            Effect::StartTimer { id, millis } => {
                self.timer = id;
                format!("timer {millis}")
            }
            Effect::Store(tokens) => format!("store {} {}", tokens.access_token.expose(), refresh_text(&tokens)),
            Effect::StoreRenewed { tokens, used } => {
                let text = format!("renew {} {}", tokens.access_token.expose(), refresh_text(&tokens));
                if refresh_text(&tokens) == used.expose() { text } else { format!("{text} by {}", used.expose()) }
            }
            Effect::Forget => "forget".to_owned(),
            Effect::AskPasskey { id, ceremony, options } => {
                let text = format!("passkey {}", ceremony.as_str());
                self.prompt = Some((id, options));
                text
            }
            Effect::DismissPasskey => "dismiss".to_owned(),
            Effect::RememberFactor(factor) => format!("remember {}", factor.as_str()),
            Effect::KeepChallenge(_) | Effect::ForgetChallenge | Effect::FindDevice { .. } => unreachable!("left out"),
            Effect::KeepDevice { device, sign_in_name, is_remembered } => {
                let text = format!("keep device of {sign_in_name}{}", if is_remembered { ", remembered" } else { "" });
                self.secrets.push(device.password.expose().to_owned());
                self.device = Some(device);
                text
            }
            Effect::ForgetDevice { username, key } => {
                self.device = None;
                format!("forget device {} of {username}", key.expose())
            }
            Effect::Leave { id, record, url } => {
                (self.timer, self.record) = (id, Some(Value::from(&record)));
                self.url = url.expose().to_owned();
                "leave".to_owned()
            }
            Effect::ForgetReturn => "forget return".to_owned(),
            Effect::Exchange { id, url, form } => {
                let text = format!("exchange at {url}");
                (self.exchange, self.url) = (id, form.expose().to_owned());
                text
            }
            Effect::Navigate { url } => format!("go to {url}"),
            Effect::AcquireRefreshLock => "lock".to_owned(),
            Effect::ReleaseRefreshLock => "unlock".to_owned(),
            Effect::Answer { request, answer } => match answer {
                Ok(Answer::Tokens(tokens)) => format!("answer {request}: {}", tokens.access_token.expose()),
                Ok(Answer::Done) => format!("answer {request}: done"),
                Err(notice) => format!("answer {request}: {}", notice.code()),
            },
            Effect::Tell(HostEvent::ScreenChanged(screen)) => format!("tell screen {}", screen.as_str()),
            Effect::Tell(HostEvent::SignedIn { username, .. }) => format!("tell signed-in {username}"),
            Effect::Tell(HostEvent::SignedOut(reason)) => format!("tell signed-out {}", reason.as_str()),
            Effect::Tell(HostEvent::TokensRefreshed) => "tell tokens-refreshed".to_owned(),
            Effect::Tell(HostEvent::Error { notice, screen }) => {
                format!("tell error {} on {}", notice.code(), screen.as_str())
            }
            Effect::Tell(HostEvent::Challenge { id, parameters }) => {
                self.challenge = id;
                format!("tell challenge of type {}", parameters.get("type").unwrap_or("none"))
            }
        }
    }

    /// The screen, its details, whether it is busy, and its notice, in one line.
    pub fn screen(&self) -> String {
        let view = self.view();
        let details = match &view.details {
            Details::None | Details::Attributes(..) | Details::Challenge(_) | Details::TotpSetup(None) => String::new(),
            Details::Name(name) => format!(" ({name})"),
            Details::NameAlone(name) => format!(" ({name} alone)"),
            Details::FirstFactors(factors) => format!(" {:?}", factors.iter().map(|factor| factor.as_str()).collect::<Vec<_>>()),
            Details::TotpSetup(Some(_)) => " (secret)".to_owned(),
            Details::Account(AccountView::NotSignedIn) => " (not signed in)".to_owned(),
            Details::Account(AccountView::Loading) => " (loading)".to_owned(),
            Details::Account(AccountView::Unknown) => " (unknown)".to_owned(),
            Details::Account(AccountView::Ready(settings)) => {
                let with = if settings.factors.contains(&Factor::App) { "with" } else { "without" };
                format!(" ({with} app)")
            }
        };
        let busy = if view.busy { " busy" } else { "" };
        let notice = view.notice.as_ref().map(|shown| format!(" ! {}", shown.notice.kind.code())).unwrap_or_default();
        format!("{}{details}{busy}{notice}", view.screen.as_str())
    }
}

fn refresh_text(tokens: &Tokens) -> &str {
    tokens.refresh_token.as_ref().map_or("-", Secret::expose)
}
