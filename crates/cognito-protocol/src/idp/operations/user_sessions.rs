//! The signed-in user's sessions, where the pool tracks them.

use crate::Secret;
use crate::idp::wire::{EmptyReply, operations, wire};

operations! {
    /// Lists the sessions that have not ended, over all app clients of the pool.
    "ListUserSessions": pub struct ListUserSessionsRequest -> ListUserSessionsReply {
        /// The access token.
        access_token: Secret => "AccessToken",
        /// What the page before said.
        next_token: Option<String> => "NextToken",
    }

    /// Ends a session other than one's own.
    "RevokeUserSession": pub struct RevokeUserSessionRequest -> EmptyReply {
        /// The access token.
        access_token: Secret => "AccessToken",
        /// Which one.
        session_id: String => "SessionId",
        /// `LINKED` ends the session of managed login with it that it came through, or those that came through it; `NONE` does not.
        revoke_associated_sessions: Option<String> => "RevokeAssociatedSessions",
    }
}

wire! {
    /// What `ListUserSessions` answers.
    pub struct ListUserSessionsReply {
        /// The sessions of this page.
        sessions: Vec<SessionDescription> => "Sessions",
        /// Asks for the next page, where there is one.
        next_token: Option<String> => "NextToken",
    }

    /// A session that has not ended.
    pub struct SessionDescription {
        /// `tkn` or `sso`, and 25 lower case letters and digits.
        session_id: Option<String> => "SessionId",
        /// `TOKEN`, or `SSO` for one of managed login.
        session_type: Option<String> => "SessionType",
        /// The app client.
        client_id: Option<String> => "ClientId",
        /// When the sign-in was, in seconds since 1970.
        create_date: Option<f64> => "CreateDate",
        /// When tokens were refreshed last, in seconds since 1970.
        last_active_date: Option<f64> => "LastActiveDate",
        /// Operating system and browser, as far as the service knows them.
        device_type: Option<String> => "DeviceType",
        /// Where the last refresh came from.
        last_ip_address: Option<String> => "LastIPAddress",
        /// Where that is.
        last_location: Option<SessionLocation> => "LastLocation",
        /// The session of managed login that it came through.
        origin_session_id: Option<String> => "OriginSessionId",
        /// Whether the access token of the request is of this session.
        is_current_session: Option<bool> => "IsCurrentSession",
    }

    /// A place on earth, roughly.
    pub struct SessionLocation {
        /// The city.
        city: Option<String> => "City",
        /// The country.
        country: Option<String> => "Country",
    }
}
