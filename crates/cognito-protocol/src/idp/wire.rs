//! Between Rust values and [`Json`]: one trait, and one macro that writes a wire structure once for both directions.

use core::fmt;

use super::Json;
use crate::Secret;

/// Why a [`Json`] is not the structure that it should be. The blame is on whoever sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WireError {
    /// A required member is absent or `null`.
    Missing(&'static str),
    /// A member has another type than the API gives it.
    WrongType(&'static str),
    /// A member that the structure does not have. Only [`refuse_unknown`] reports it: clients ignore what they do not know.
    Unknown(String),
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, member) = match self {
            Self::Missing(member) => ("missing member ", *member),
            Self::WrongType(member) => ("wrong type of member ", *member),
            Self::Unknown(member) => ("unknown member ", member.as_str()),
        };
        f.write_str(what)?;
        f.write_str(member)
    }
}

impl core::error::Error for WireError {}

/// A structure of the API: written to and read from [`Json`] by the names of the API reference.
pub trait Wire: Sized {
    /// The names of its members, as the API reference spells them.
    const MEMBERS: &'static [&'static str];

    /// This structure as a JSON object; absent members are left out.
    fn encode(&self) -> Json;

    /// The structure in `json`; members that it does not have are ignored.
    ///
    /// # Errors
    /// [`WireError::Missing`] or [`WireError::WrongType`], with the member's name.
    fn decode(json: Json) -> Result<Self, WireError>;
}

/// Refuses members that `T` does not have, as a strict server does.
///
/// # Errors
/// [`WireError::Unknown`] with the first such member, [`WireError::WrongType`] when `json` is no object.
pub fn refuse_unknown<T: Wire>(json: &Json) -> Result<(), WireError> {
    let Json::Object(members) = json else { return Err(WireError::WrongType("(body)")) };
    match members.iter().find(|(name, _)| !T::MEMBERS.contains(&name.as_str())) {
        Some((name, _)) => Err(WireError::Unknown(name.clone())),
        None => Ok(()),
    }
}

/// The value of one member.
pub trait Member: Sized {
    /// The value as JSON; `None` leaves the member out.
    fn encode(&self) -> Option<Json>;

    /// The value in `json`, which is `None` when the member is absent.
    ///
    /// # Errors
    /// As [`Wire::decode`].
    fn decode(json: Option<Json>, name: &'static str) -> Result<Self, WireError>;
}

impl<T: Member> Member for Option<T> {
    fn encode(&self) -> Option<Json> {
        self.as_ref().and_then(Member::encode)
    }

    fn decode(json: Option<Json>, name: &'static str) -> Result<Self, WireError> {
        json.map(|json| T::decode(Some(json), name)).transpose()
    }
}

impl Member for Secret {
    fn encode(&self) -> Option<Json> {
        Some(Json::Text(self.clone()))
    }

    fn decode(json: Option<Json>, name: &'static str) -> Result<Self, WireError> {
        match json {
            Some(Json::Text(text)) => Ok(text),
            Some(_) => Err(WireError::WrongType(name)),
            None => Err(WireError::Missing(name)),
        }
    }
}

impl Member for String {
    fn encode(&self) -> Option<Json> {
        Some(Json::Text(self.as_str().into()))
    }

    fn decode(json: Option<Json>, name: &'static str) -> Result<Self, WireError> {
        Secret::decode(json, name).map(|text| text.expose().to_owned())
    }
}

/// A tree of which the API does not say more.
impl Member for Json {
    fn encode(&self) -> Option<Json> {
        Some(self.clone())
    }

    fn decode(json: Option<Json>, name: &'static str) -> Result<Self, WireError> {
        json.ok_or(WireError::Missing(name))
    }
}

impl Member for bool {
    fn encode(&self) -> Option<Json> {
        Some(Json::Bool(*self))
    }

    fn decode(json: Option<Json>, name: &'static str) -> Result<Self, WireError> {
        match json {
            Some(Json::Bool(value)) => Ok(value),
            Some(_) => Err(WireError::WrongType(name)),
            None => Err(WireError::Missing(name)),
        }
    }
}

impl Member for f64 {
    fn encode(&self) -> Option<Json> {
        Some(Json::Number(*self))
    }

    fn decode(json: Option<Json>, name: &'static str) -> Result<Self, WireError> {
        match json {
            Some(Json::Number(value)) => Ok(value),
            Some(_) => Err(WireError::WrongType(name)),
            None => Err(WireError::Missing(name)),
        }
    }
}

/// Adds a member that is not left out. One function for all requests, which would be a good part of the program if each had its own.
#[inline(never)]
pub(super) fn put(members: &mut Vec<(String, Json)>, name: &'static str, value: Option<Json>) {
    if let Some(value) = value {
        members.push((name.to_owned(), value));
    }
}

/// An absent list is empty, and an empty list is left out.
impl<T: Member> Member for Vec<T> {
    fn encode(&self) -> Option<Json> {
        (!self.is_empty()).then(|| Json::Array(self.iter().filter_map(Member::encode).collect()))
    }

    fn decode(json: Option<Json>, name: &'static str) -> Result<Self, WireError> {
        match json {
            Some(Json::Array(items)) => {
                // Collecting would take the place of the old items for the new ones, by much more code.
                let mut list = Self::new();
                for item in items {
                    list.push(T::decode(Some(item), name)?);
                }
                Ok(list)
            }
            Some(_) => Err(WireError::WrongType(name)),
            None => Ok(Self::new()),
        }
    }
}

/// Defines structures of the API with both directions of [`Wire`]: `field: Type => "MemberName"`.
macro_rules! wire {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty => $member:literal,)* })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name { $($(#[$field_meta])* pub $field: $type,)* }

        impl $crate::idp::Wire for $name {
            const MEMBERS: &'static [&'static str] = &[$($member),*];

            fn encode(&self) -> $crate::idp::Json {
                #[allow(unused_mut)]
                let mut members = Vec::new();
                $($crate::idp::wire::put(&mut members, $member, $crate::idp::wire::Member::encode(&self.$field));)*
                $crate::idp::Json::Object(members)
            }

            #[allow(unused_mut)]
            fn decode(mut json: $crate::idp::Json) -> Result<Self, $crate::idp::WireError> {
                if !matches!(json, $crate::idp::Json::Object(_)) {
                    return Err($crate::idp::WireError::WrongType("(body)"));
                }
                Ok(Self { $($field: $crate::idp::wire::Member::decode(json.take($member), $member)?,)* })
            }
        }

        impl $crate::idp::wire::Member for $name {
            fn encode(&self) -> Option<$crate::idp::Json> {
                Some($crate::idp::Wire::encode(self))
            }

            fn decode(json: Option<$crate::idp::Json>, name: &'static str) -> Result<Self, $crate::idp::WireError> {
                match json {
                    Some(json @ $crate::idp::Json::Object(_)) => $crate::idp::Wire::decode(json),
                    Some(_) => Err($crate::idp::WireError::WrongType(name)),
                    None => Err($crate::idp::WireError::Missing(name)),
                }
            }
        }
    )*};
}

/// Defines operations: the name, the request as by [`wire!`], and the reply.
macro_rules! operations {
    ($($(#[$meta:meta])* $operation:literal: pub struct $name:ident -> $reply:ty { $($fields:tt)* })*) => {$(
        $crate::idp::wire::wire! {
            $(#[$meta])*
            pub struct $name { $($fields)* }
        }

        impl $crate::idp::Operation for $name {
            const NAME: &'static str = $operation;
            type Reply = $reply;
        }
    )*};
}

wire! {
    /// What operations answer that have nothing to tell.
    pub struct EmptyReply {}
}

/// Defines an enumeration of the API's names, with `Other` for those that it may learn later.
macro_rules! names {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident => $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)*
            /// A name that this version does not know.
            Other(String),
        }

        impl $name {
            /// The name as the API spells it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(name) => name,
                }
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                match name {
                    $($text => Self::$variant,)*
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl $crate::idp::wire::Member for $name {
            fn encode(&self) -> Option<$crate::idp::Json> {
                Some($crate::idp::Json::Text(self.as_str().into()))
            }

            fn decode(json: Option<$crate::idp::Json>, name: &'static str) -> Result<Self, $crate::idp::WireError> {
                <$crate::Secret as $crate::idp::wire::Member>::decode(json, name).map(|text| text.expose().into())
            }
        }
    };
}

pub(super) use {names, operations, wire};
