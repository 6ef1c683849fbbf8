//! `GET /logout`: the browser is signed out here, and goes back to the app. It ends no tokens.

use super::{
    Answer, Cookie,
    page::Page,
    parameters::{Parameters, with_query},
};
use crate::{config::AppClient, cx::Cx};

/// Goes to a registered logout URL, or to another sign-in that comes back to a registered callback URL; with neither it stays on a page.
pub(crate) fn logout(cx: &mut Cx<'_>, parameters: &Parameters, browser: Option<&str>) -> Answer {
    let to = match destination(cx, parameters) {
        Ok(to) => to,
        Err(page) => return Answer::Page(page),
    };
    if let Some(browser) = browser {
        cx.state.oauth.browsers.remove(browser);
    }
    Answer::Redirect { to, cookie: Cookie::Ends }
}

fn destination(cx: &Cx<'_>, parameters: &Parameters) -> Result<String, Page> {
    let page = |sentence: &str| Page { title: "This sign-out cannot go on".to_owned(), ..Page::error(sentence) };
    if parameters.repeated().is_some() {
        return Err(page("A parameter comes twice."));
    }
    let client_id = parameters.get("client_id").ok_or_else(|| page("The request has no client_id."))?;
    let client: &AppClient = cx.client(client_id).map_err(|_| page("invalid_client: no app client here has this client_id."))?;
    match (parameters.get("logout_uri"), parameters.get("redirect_uri")) {
        (Some(uri), _) if client.oauth.logout_urls.iter().any(|url| url == uri) => Ok(uri.to_owned()),
        (Some(_), _) => Err(page("logout_uri is none of the logout URLs of this app client. They are compared exactly.")),
        // The authorize endpoint checks the rest.
        (None, Some(_)) => Ok(with_query("/oauth2/authorize", parameters.pairs())),
        (None, None) => Err(page("The request has neither logout_uri nor redirect_uri.")),
    }
}
