//! What people are told: messages as templates, in their language.
//!
//! A message is one text file in the folder of its language; its HTML part is made of the same paragraphs in `layout.html`, so
//! the two parts cannot say different things. The built-in files are in `templates/`; a deployer may replace each of them and
//! add languages. The syntax is Jinja's; in HTML every value is escaped.
//!
//! Templates get `code`, `product` (or none), `name` (or none), `minutes` (for how long the code works; or none; in
//! `error-locked.txt`, how long to wait) and `username`
//! (in invitations); the layout gets `language`, `direction` (`rtl` in Arabic, else `ltr`), `subject` and `paragraphs` (each with `lines` and `is_code`) besides.

mod load;
mod message;

use std::fmt;

use minijinja::{AutoEscape, Environment, Template, UndefinedBehavior, Value, context};

pub use load::MessagesError;
pub(crate) use message::Message;
use message::{LAYOUT, built_in};

use crate::locale::candidates;

/// The language of whoever says nothing about theirs, or speaks one that there are no messages in.
const DEFAULT_LANGUAGE: &str = "en";

/// A mail that the caller sends.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// The address.
    pub to: String,
    /// The subject; without the code, because subjects show on locked screens.
    pub subject: String,
    /// The plain text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

/// Shows the subject alone.
impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("subject", &self.subject).finish_non_exhaustive()
    }
}

/// What templates can name.
#[derive(Clone, Copy, Default)]
pub(crate) struct Fields<'a> {
    pub code: &'a str,
    pub product: Option<&'a str>,
    pub name: Option<&'a str>,
    pub minutes: Option<u32>,
    pub username: Option<&'a str>,
}

impl Fields<'_> {
    fn to_context(self) -> Value {
        let Self { code, product, name, minutes, username } = self;
        context! { code, product, name, minutes, username }
    }
}

struct Paragraph<'a> {
    lines: Vec<&'a str>,
    is_code: bool,
}

/// All messages in all languages.
#[derive(Debug)]
pub struct Messages {
    environment: Environment<'static>,
}

/// A message could not be written; the values are left out, which may be secret.
#[derive(Debug)]
pub(crate) struct NotWritten(pub String);

impl From<minijinja::Error> for NotWritten {
    fn from(error: minijinja::Error) -> Self {
        let place = error.name().map(|name| format!(" ({name}:{})", error.line().unwrap_or_default())).unwrap_or_default();
        Self(format!("{}{}{place}", error.kind(), error.detail().map(|detail| format!(": {detail}")).unwrap_or_default()))
    }
}

impl Messages {
    /// The built-in ones.
    #[must_use]
    pub fn built_in() -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|name| if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None });
        Self { environment }
    }

    /// A file of the deployer's, else the built-in one, which is read when it is needed: a function that starts has few to write.
    fn template(&self, name: &str) -> Option<Template<'_, '_>> {
        let shipped = || {
            let (name, source) = built_in().find(|(built_in, _)| *built_in == name)?;
            self.environment.template_from_named_str(name, source).ok()
        };
        self.environment.get_template(name).ok().or_else(shipped)
    }

    /// A mail with its two parts.
    pub(crate) fn mail(&self, message: Message, locale: &str, fields: &Fields<'_>, to: &str) -> Result<Mail, NotWritten> {
        let (language, written) = self.write(message.file(), locale, fields)?;
        let (subject, body) =
            split_subject(&written).ok_or_else(|| NotWritten("the first line is no `Subject: …`".to_owned()))?;
        let paragraphs = paragraphs(&body, fields.code);
        let lines = paragraphs.iter().map(|paragraph| paragraph.lines.join("\n"));
        let text = format!("{}\n", lines.collect::<Vec<_>>().join("\n\n"));
        let layout = [format!("{language}/{LAYOUT}"), LAYOUT.to_owned()];
        let layout = layout.iter().find_map(|name| self.template(name));
        let layout = layout.ok_or_else(|| NotWritten(format!("there is no {LAYOUT}")))?;
        let values = paragraphs.iter().map(|Paragraph { lines, is_code }| {
            let lines: Vec<Value> = lines.iter().map(|line| Value::from(*line)).collect();
            context! { lines, is_code }
        });
        let paragraphs: Vec<Value> = values.collect();
        let direction = if language == "ar" { "rtl" } else { "ltr" };
        let html = layout.render(context! { language, direction, subject => &subject, paragraphs, ..fields.to_context() })?;
        Ok(Mail { to: to.to_owned(), subject, text, html })
    }

    /// A text message.
    pub(crate) fn sms(&self, message: Message, locale: &str, fields: &Fields<'_>) -> Result<String, NotWritten> {
        Ok(self.write(message.file(), locale, fields)?.1.trim().to_owned())
    }

    /// A sentence without a code.
    pub(crate) fn line(&self, message: Message, locale: &str, minutes: Option<u32>) -> String {
        let written = self.write(message.file(), locale, &Fields { minutes, ..Fields::default() });
        written.map(|(_, line)| line.trim().to_owned()).unwrap_or_else(|_| "This is not possible now.".to_owned())
    }

    fn write(&self, file: &str, locale: &str, fields: &Fields<'_>) -> Result<(String, String), NotWritten> {
        let languages = candidates(locale).into_iter().chain([DEFAULT_LANGUAGE.to_owned()]);
        let found = languages.into_iter().find_map(|language| {
            let template = self.template(&format!("{language}/{file}"))?;
            Some((language, template))
        });
        let (language, template) = found.ok_or_else(|| NotWritten(format!("there is no {file}")))?;
        let written = template.render(fields.to_context())?;
        Ok((language, written.replace('\r', "")))
    }
}

/// The subject and what follows it.
fn split_subject(written: &str) -> Option<(String, String)> {
    let (first, body) = written.split_once('\n')?;
    let subject = first.strip_prefix("Subject:")?.trim();
    Some((subject.to_owned(), body.to_owned()))
}

fn paragraphs<'a>(body: &'a str, code: &str) -> Vec<Paragraph<'a>> {
    let mut paragraphs = Vec::new();
    let mut lines = Vec::new();
    for line in body.lines().map(str::trim).chain([""]) {
        if !line.is_empty() {
            lines.push(line);
        } else if !lines.is_empty() {
            let lines = std::mem::take(&mut lines);
            paragraphs.push(Paragraph { is_code: lines == [code], lines });
        }
    }
    paragraphs
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn fields() -> Fields<'static> {
        Fields { code: "424242", product: Some("Söhne & Co"), name: Some("<b>Bob"), minutes: Some(3), username: Some("bob") }
    }

    #[test]
    fn every_built_in_file_is_a_template() {
        let messages = Messages::built_in();
        for (name, _) in built_in() {
            assert!(messages.template(name).is_some(), "{name}");
        }
    }

    #[test]
    fn the_parts_of_a_mail_say_the_same() {
        let mail = Messages::built_in().mail(Message::EmailCode, "", &fields(), "jane@example.com").unwrap();
        assert_eq!(mail.subject, "Your verification code for Söhne & Co");
        let text = "Hello <b>Bob,\n\nYour verification code is\n\n424242\n\n\
                    Enter it on the page where you are signing in. It works for 3 minutes.\n\n\
                    If you are not signing in right now, somebody else knows your password: change it.\n";
        assert_eq!(mail.text, text);
        assert!(mail.html.starts_with("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">"), "{}", mail.html);
        assert!(mail.html.contains(">Hello &lt;b&gt;Bob,</p>"), "{}", mail.html);
        assert!(mail.html.contains("Söhne &amp; Co</p>"), "{}", mail.html);
        assert!(mail.html.contains("line-height:1.2\"><span dir=\"ltr\">424242</span></p>"), "{}", mail.html);
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let few = Fields { code: "424242", minutes: Some(1), ..Fields::default() };
        let mail = Messages::built_in().mail(Message::EmailCode, "en", &few, "jane@example.com").unwrap();
        assert_eq!(mail.subject, "Your verification code");
        assert!(mail.text.starts_with("Your verification code is\n\n424242\n\n"), "{}", mail.text);
        assert!(mail.text.contains("It works for 1 minute."), "{}", mail.text);
    }

    #[test]
    fn a_person_is_spoken_to_in_their_language_or_in_english() {
        let messages = Messages::built_in();
        let subject = |locale: &str| messages.mail(Message::EmailCode, locale, &fields(), "").unwrap().subject;
        assert_eq!(subject("ja-JP"), "Söhne & Co の確認コード");
        assert_eq!(subject("JA_jp"), "Söhne & Co の確認コード");
        for other in ["", "en-GB", "jam", "sv", "../ja", "ja/../en"] {
            assert_eq!(subject(other), "Your verification code for Söhne & Co", "{other}");
        }
        assert!(messages.line(Message::MailFailed, "ja", None).ends_with("送信できませんでした。"));
    }

    #[test]
    fn how_long_to_wait_is_said_in_the_right_number() {
        let messages = Messages::built_in();
        let line = |locale: &str, minutes: u32| messages.line(Message::Locked, locale, Some(minutes));
        for (minutes, wait) in [(1, "1 minute"), (2, "2 minutes"), (60, "60 minutes"), (120, "120 minutes"), (121, "3 hours")] {
            let expected = format!("There were too many attempts to sign in. Please wait {wait}, then try again.");
            assert_eq!(line("en-GB", minutes), expected);
        }
        for (minutes, wait) in [(1, "1分"), (60, "60分"), (1440, "24時間")] {
            assert_eq!(line("ja", minutes), format!("サインインの試行回数が多すぎます。{wait}後にもう一度お試しください。"));
        }
    }
}
