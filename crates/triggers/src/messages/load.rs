//! Messages that a deployer replaces: read and tried out when the function starts, so that a mistake in one of them is found by
//! the deployer and not by whoever signs in first.

use std::{fmt, fs, io, path::Path};

use super::{
    Fields, Messages, NotWritten,
    message::{Form, LAYOUT, Message, built_in_languages},
};
use crate::service_text::is_taken_by_service;

/// Limits of the service for what `CustomMessage` answers, in characters.
const MAX_LINE: usize = 140;
const MAX_HTML: usize = 20_000;

/// A file among the replaced messages that cannot be used: which, and why. The deployer is to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessagesError(String);

impl fmt::Display for MessagesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for MessagesError {}

impl Messages {
    /// The built-in messages, with those of a folder in their place or beside them: `layout.html`, and `<language>/<message>.txt`
    /// for each message that is to be replaced, where the language is a BCP 47 tag in lower case, such as `fr` or `pt-br`.
    ///
    /// # Errors
    /// [`MessagesError`] names the file: it cannot be read, it is none of the messages, it is no template, or what it makes is
    /// not a message (no subject, no code, a code in the subject, too long for the service).
    pub fn load(folder: &Path) -> Result<Self, MessagesError> {
        let mut messages = Self::built_in();
        let mut languages = Vec::new();
        for (name, is_folder) in entries(folder).map_err(|error| unreadable("the folder", &error))? {
            if is_folder {
                if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
                    return Err(MessagesError(format!("{name} is no language: use a tag in lower case, such as fr or pt-br")));
                }
                let files = entries(&folder.join(&name)).map_err(|error| unreadable(&name, &error))?;
                for (file, _) in files {
                    messages.replace(folder, &format!("{name}/{file}"), &file)?;
                }
                languages.push(name);
            } else {
                messages.replace(folder, &name, if name == LAYOUT { LAYOUT } else { "" })?;
            }
        }
        // A new layout changes every language's mails.
        if messages.environment.get_template(LAYOUT).is_ok() {
            languages.extend(built_in_languages().map(str::to_owned));
        }
        for language in &languages {
            messages.try_out(language)?;
        }
        Ok(messages)
    }

    fn replace(&mut self, folder: &Path, name: &str, file: &str) -> Result<(), MessagesError> {
        let is_known = file == LAYOUT || Message::ALL.iter().any(|message| message.file() == file);
        if !is_known {
            let known: Vec<&str> = Message::ALL.iter().map(|message| message.file()).collect();
            return Err(MessagesError(format!("{name} is none of the messages: {LAYOUT}, <language>/{}", known.join(", "))));
        }
        let source = fs::read_to_string(folder.join(name)).map_err(|error| unreadable(name, &error))?;
        let added = self.environment.add_template_owned(name.to_owned(), source);
        added.map_err(|error| MessagesError(NotWritten::from(error).0))
    }

    /// Writes every message of a language with all that templates can name, and with as little as there may be.
    fn try_out(&self, language: &str) -> Result<(), MessagesError> {
        let code = "{####}";
        let full = Fields { code, product: Some("Product"), name: Some("Name"), minutes: Some(3), username: Some("{username}") };
        let least = Fields { code, username: Some("{username}"), ..Fields::default() };
        for message in Message::ALL {
            for fields in [&full, &least] {
                self.check(message, language, fields).map_err(|NotWritten(why)| {
                    let file = message.file();
                    MessagesError(format!("{language}/{file}: {why}"))
                })?;
            }
        }
        Ok(())
    }

    fn check(&self, message: Message, language: &str, fields: &Fields<'_>) -> Result<(), NotWritten> {
        let wrong = |why: &str| Err(NotWritten(why.to_owned()));
        let told = |text: &str| {
            text.contains(fields.code) && (!message.names_user() || fields.username.is_some_and(|name| text.contains(name)))
        };
        match message.form() {
            Form::Mail => {
                let mail = self.mail(message, language, fields, "")?;
                match () {
                    () if mail.subject.is_empty() => wrong("the subject is empty"),
                    () if mail.subject.chars().count() > MAX_LINE => wrong("the subject is longer than 140 characters"),
                    () if mail.subject.contains(fields.code) => wrong("the subject shows the code, which locked screens show"),
                    () if !told(&mail.text) => wrong("the text lacks {{ code }}, or an invitation's {{ username }}"),
                    () if !told(&mail.html) => wrong("the layout leaves out {{ code }} or a paragraph"),
                    // SES takes anything; the service, which sends the others, does not.
                    () if message != Message::EmailCode => match mail.html.chars().find(|char| !is_taken_by_service(*char)) {
                        Some(char) => wrong(&format!("the service takes no U+{:04X} in a message", u32::from(char))),
                        None if mail.html.chars().count() > MAX_HTML => wrong("the HTML part is longer than 20,000 characters"),
                        None => Ok(()),
                    },
                    () => Ok(()),
                }
            }
            Form::Sms => {
                let text = self.sms(message, language, fields)?;
                match () {
                    () if !told(&text) => wrong("the text lacks {{ code }}, or an invitation's {{ username }}"),
                    () if text.chars().count() > MAX_LINE => wrong("the text is longer than 140 characters"),
                    () => Ok(()),
                }
            }
            Form::Line => {
                // Nobody is told to wait for an unknown time.
                let minutes = fields.minutes.or((message == Message::Locked).then_some(1));
                let (_, line) = self.write(message.file(), language, &Fields { minutes, ..*fields })?;
                match (message, minutes) {
                    _ if line.trim().is_empty() || line.trim().contains('\n') => wrong("one line is needed"),
                    // One minute may be said in a word.
                    (Message::Locked, Some(minutes)) if minutes != 1 && !line.contains(&minutes.to_string()) => {
                        wrong("the text lacks {{ minutes }}")
                    }
                    _ => Ok(()),
                }
            }
        }
    }
}

/// Names in a folder and whether each is a folder itself, in order. What begins with a dot is the file system's own business.
fn entries(folder: &Path) -> io::Result<Vec<(String, bool)>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            // Follows links, which layers are full of.
            entries.push((name, fs::metadata(entry.path())?.is_dir()));
        }
    }
    entries.sort();
    Ok(entries)
}

fn unreadable(name: &str, error: &io::Error) -> MessagesError {
    MessagesError(format!("{name} cannot be read: {error}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_messages_pass_the_checks_of_replaced_ones() {
        for language in built_in_languages() {
            Messages::built_in().try_out(language).unwrap();
        }
    }
}
