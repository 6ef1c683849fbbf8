//! The form for a new account.

use crate::{
    Secret,
    flow::{
        attributes,
        cx::{Core, Cx},
        event::{CallResult, Event, Outcome, Person, read_reply},
        form::{Action, Answers, field},
        notice::{Notice, NoticeKind},
        phase::{Credentials, Goto, Next, Phase, Standing},
        phone_number,
        screen::Screen,
        sent_code,
        settings::UsernameKind,
        view::{Details, Shown, View},
    },
    idp::{Attribute, SignUpRequest, StringMap},
};

#[derive(Debug)]
pub(in crate::flow) struct SigningUp {
    sign_in_name: String,
    signing_up: Option<Pending>,
    notice: Option<Shown>,
}

/// The call, and the password to sign in with after that.
#[derive(Debug)]
struct Pending {
    call: u32,
    password: Secret,
}

impl SigningUp {
    pub fn new(sign_in_name: String) -> Self {
        Self { sign_in_name, signing_up: None, notice: None }
    }

    fn on_submitted(&mut self, cx: &mut Cx<'_>, mut answers: Answers) {
        let (Some(name), Some(password)) = (answers.take(field::USERNAME), answers.take(field::PASSWORD)) else { return };
        let kind = cx.settings().username_kind;
        self.sign_in_name = kind.read(name.expose());
        self.notice = match self.read_attributes(cx, answers, &password) {
            Err(kind) => cx.show(kind),
            Ok(user_attributes) => {
                let call = cx.call(SignUpRequest {
                    client_id: cx.settings().client_id.clone(),
                    secret_hash: None,
                    username: self.sign_in_name.clone(),
                    password: Some(password.clone()),
                    user_attributes,
                    validation_data: Vec::new(),
                    client_metadata: cx.settings().client_metadata.clone(),
                    analytics_metadata: StringMap::default(),
                    user_context_data: StringMap::default(),
                });
                self.signing_up = Some(Pending { call, password });
                None
            }
        };
    }

    /// The attributes to send, or the first thing that cannot be right, in the order of the fields.
    fn read_attributes(&self, cx: &Cx<'_>, mut answers: Answers, password: &Secret) -> Result<Vec<Attribute>, NoticeKind> {
        let settings = cx.settings();
        let name = &self.sign_in_name;
        if name.is_empty() {
            return Err(NoticeKind::NameMissing);
        }
        if settings.username_kind == UsernameKind::Phone && !phone_number::is_e164(name) {
            return Err(NoticeKind::NameInvalid);
        }
        if password.is_empty() {
            return Err(NoticeKind::NewPasswordMissing);
        }
        let attribute = |name: &str, value: String| Attribute { name: name.to_owned(), value: Some(value) };
        let mut attributes: Vec<Attribute> =
            settings.username_kind.attribute().map(|kind| attribute(kind, name.clone())).into_iter().collect();
        let asked = attributes::read(&settings.sign_up_attributes, &mut answers)?;
        attributes.extend(asked.into_iter().map(|(name, value)| attribute(&name, value)));
        Ok(attributes)
    }

    fn on_reply(&mut self, cx: &mut Cx<'_>, reply: CallResult, password: Secret) -> Next {
        let credentials = Credentials::of(self.sign_in_name.clone(), Some(password));
        let (destination, notice) = match read_reply::<SignUpRequest>(reply) {
            Ok(reply) if reply.user_confirmed => return Goto::Renew { credentials }.into(),
            Ok(reply) => (sent_code::destination(reply.code_delivery_details), None),
            Err(error) => {
                let kind = cx.settings().username_kind;
                let notice = Notice::from(&error).read_as(|notice| about_name(kind, notice));
                // The account is there, and a new code may well arrive.
                if notice.kind != NoticeKind::CodeNotSent {
                    self.notice = cx.show(notice);
                    return Next::Stay;
                }
                (None, Some(notice))
            }
        };
        Goto::ConfirmSignUp { credentials, destination, notice, sends_code: false }.into()
    }
}

/// What is wrong with the sign-in name where it is that attribute.
fn about_name(kind: UsernameKind, notice: NoticeKind) -> NoticeKind {
    match (kind, notice) {
        (UsernameKind::Email, NoticeKind::EmailInvalid) | (UsernameKind::Phone, NoticeKind::PhoneNumberInvalid) => {
            NoticeKind::NameInvalid
        }
        (UsernameKind::Email | UsernameKind::Phone | UsernameKind::Username, notice) => notice,
    }
}

impl Phase for SigningUp {
    fn standing(&self) -> Standing {
        Standing::SigningIn
    }

    fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        match event {
            Event::Person(Person::Submitted(answers)) if self.signing_up.is_none() => self.on_submitted(cx, answers),
            Event::Outcome(Outcome::Replied { id, reply, .. }) => {
                if let Some(pending) = self.signing_up.take_if(|pending| pending.call == id) {
                    return self.on_reply(cx, reply, pending.password);
                }
            }
            Event::Person(Person::Named(name)) if self.signing_up.is_none() => {
                self.sign_in_name = cx.settings().username_kind.read(&name);
            }
            Event::Person(Person::Pressed(Action::Back)) => {
                return Goto::Form { sign_in_name: core::mem::take(&mut self.sign_in_name), notice: None }.into();
            }
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => {}
        }
        Next::Stay
    }

    fn view(&self, _core: &Core) -> View {
        let details = Details::Name(self.sign_in_name.clone());
        View::of(Screen::SignUp, self.signing_up.is_some(), details).telling(&self.notice)
    }
}
