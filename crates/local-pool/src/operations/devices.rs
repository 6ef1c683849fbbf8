//! `ConfirmDevice`, `GetDevice`, `ListDevices`, `UpdateDeviceStatus` and `ForgetDevice`.
//!
//! # Source
//! API reference, the page of each; names of attributes as in the examples of the AWS CLI. That a device which was not confirmed is in no
//! list, and what is said where the pool does not track devices, are not certain.

use cognito_protocol::{
    Secret,
    idp::{
        Attribute, ConfirmDeviceReply, ConfirmDeviceRequest, Device, DeviceRememberedStatus, DeviceSecretVerifierConfig,
        EmptyReply, ErrorCode, ForgetDeviceRequest, GetDeviceReply, GetDeviceRequest, Json, ListDevicesReply, ListDevicesRequest,
        UpdateDeviceStatusRequest, refuse_unknown,
    },
};
use srp_reference::Verifier;

use super::body;
use crate::{
    config::DeviceConfiguration,
    cx::Cx,
    error::ApiError,
    state::{self, Confirmed, UserId},
    tokens,
    validation::Checks,
};

/// The most, and what there is without `Limit`.
const PAGE: usize = 60;

const STATUSES: &str = "not_remembered, remembered";

/// The verifier is a structure of its own.
pub(super) fn refuse_unknown_verifier(body: &Json) -> Result<(), ApiError> {
    match body::member(body, "DeviceSecretVerifierConfig") {
        Some(config @ Json::Object(_)) => Ok(refuse_unknown::<DeviceSecretVerifierConfig>(config)?),
        _ => Ok(()),
    }
}

/// Registers the verifier, whatever it is the verifier of.
pub(super) fn confirm_device(cx: &mut Cx<'_>, request: ConfirmDeviceRequest) -> Result<ConfirmDeviceReply, ApiError> {
    let checks = Checks::default().access_token(Some(&request.access_token)).device_key(&request.device_key);
    match &request.device_name {
        Some(name) => checks.length("deviceName", name, 1..=1024),
        None => checks,
    }
    .finish()?;
    let (user, devices) = authorize(cx, Some(&request.access_token))?;
    let verifier = verifier(request.device_secret_verifier_config)?;
    let now_millis = cx.now_millis;
    let device = cx.state.devices.get_mut(&user, &request.device_key).ok_or_else(no_device)?;
    if device.confirmed.is_some() {
        return Err(ApiError::new(ErrorCode::DeviceKeyExists, "Device already exists."));
    }
    let is_prompted = devices.device_only_remembered_on_user_prompt;
    device.confirmed = Some(Confirmed { verifier, name: request.device_name, is_remembered: !is_prompted });
    device.modified_millis = now_millis;
    Ok(ConfirmDeviceReply { user_confirmation_necessary: Some(is_prompted) })
}

fn verifier(config: Option<DeviceSecretVerifierConfig>) -> Result<Verifier, ApiError> {
    let config = config.ok_or_else(|| ApiError::missing_parameter("DeviceSecretVerifierConfig"))?;
    let salt = config.salt.ok_or_else(|| ApiError::missing_parameter("Salt"))?;
    let verifier = config.password_verifier.ok_or_else(|| ApiError::missing_parameter("PasswordVerifier"))?;
    Verifier::of_device(&salt, &verifier).map_err(|refused| ApiError::invalid_parameter(refused.to_string()))
}

/// One device.
pub(super) fn get_device(cx: &mut Cx<'_>, request: GetDeviceRequest) -> Result<GetDeviceReply, ApiError> {
    Checks::default().access_token(request.access_token.as_ref()).device_key(&request.device_key).finish()?;
    let (user, _) = authorize(cx, request.access_token.as_ref())?;
    let (device, confirmed) = cx.state.devices.get_confirmed(&user, &request.device_key).ok_or_else(no_device)?;
    Ok(GetDeviceReply { device: shown(device, confirmed) })
}

/// A page of the devices; the key of the last one is the token of the next page.
pub(super) fn list_devices(cx: &mut Cx<'_>, request: ListDevicesRequest) -> Result<ListDevicesReply, ApiError> {
    let limit = request.limit.unwrap_or_default();
    Checks::default()
        .access_token(Some(&request.access_token))
        .number("limit", limit, 0..=60)
        .optional_text("paginationToken", request.pagination_token.as_deref(), 1..=131_072)
        .finish()?;
    let (user, _) = authorize(cx, Some(&request.access_token))?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let limit = if limit == 0.0 { PAGE } else { limit as usize };
    let mut devices = cx.state.devices.confirmed(&user);
    if let Some(token) = &request.pagination_token
        && !devices.any(|(device, _)| device.key == *token)
    {
        return Err(ApiError::invalid_parameter("Invalid pagination token."));
    }
    let mut devices = devices.peekable();
    let page: Vec<Device> = devices.by_ref().take(limit).map(|(device, confirmed)| shown(device, confirmed)).collect();
    let last = page.last().and_then(|device| device.device_key.clone());
    Ok(ListDevicesReply { pagination_token: last.filter(|_| devices.peek().is_some()), devices: page })
}

/// Remembers a device, or no longer.
pub(super) fn update_device_status(cx: &mut Cx<'_>, request: UpdateDeviceStatusRequest) -> Result<EmptyReply, ApiError> {
    let checks = Checks::default().access_token(Some(&request.access_token)).device_key(&request.device_key);
    let is_remembered = match &request.device_remembered_status {
        Some(DeviceRememberedStatus::Remembered) => Some(true),
        Some(DeviceRememberedStatus::NotRemembered) => Some(false),
        Some(DeviceRememberedStatus::Other(_)) | None => None,
    };
    match &request.device_remembered_status {
        Some(status) => checks.one_of("deviceRememberedStatus", status.as_str(), is_remembered.is_some(), STATUSES),
        None => checks,
    }
    .finish()?;
    let (user, _) = authorize(cx, Some(&request.access_token))?;
    let is_remembered = is_remembered.ok_or_else(|| ApiError::missing_parameter("DeviceRememberedStatus"))?;
    let now_millis = cx.now_millis;
    let device = cx.state.devices.get_mut(&user, &request.device_key).ok_or_else(no_device)?;
    let confirmed = device.confirmed.as_mut().ok_or_else(no_device)?;
    confirmed.is_remembered = is_remembered;
    device.modified_millis = now_millis;
    Ok(EmptyReply {})
}

/// Removes a device; refresh tokens of sign-ins with it end.
pub(super) fn forget_device(cx: &mut Cx<'_>, request: ForgetDeviceRequest) -> Result<EmptyReply, ApiError> {
    Checks::default().access_token(request.access_token.as_ref()).device_key(&request.device_key).finish()?;
    let (user, _) = authorize(cx, request.access_token.as_ref())?;
    cx.state.devices.get_confirmed(&user, &request.device_key).ok_or_else(no_device)?;
    cx.state.devices.forget(&user, &request.device_key);
    Ok(EmptyReply {})
}

/// What every reference to a device says that the user does not have.
pub(super) fn no_device() -> ApiError {
    ApiError::new(ErrorCode::ResourceNotFound, "Device does not exist.")
}

fn authorize(cx: &mut Cx<'_>, access_token: Option<&Secret>) -> Result<(UserId, DeviceConfiguration), ApiError> {
    // The service takes AWS credentials in place of a token from servers; browsers have none.
    let access_token = access_token.ok_or_else(|| ApiError::not_authorized("Invalid Access Token"))?;
    let user = tokens::authorize(cx, access_token)?;
    let configuration = cx.pool_of(&user)?.device_configuration;
    let not_tracked =
        || ApiError::new(ErrorCode::InvalidUserPoolConfiguration, "Device tracking is not enabled for this user pool.");
    Ok((user, configuration.ok_or_else(not_tracked)?))
}

fn shown(device: &state::Device, confirmed: &Confirmed) -> Device {
    let status = if confirmed.is_remembered { DeviceRememberedStatus::Remembered } else { DeviceRememberedStatus::NotRemembered };
    let attribute = |name: &str, value: &str| Attribute { name: name.to_owned(), value: Some(value.to_owned()) };
    let name = confirmed.name.as_deref().map(|name| attribute("device_name", name));
    let others = [
        // Who asks is always on this machine.
        attribute("last_ip_used", "127.0.0.1"),
        attribute("dev:device_remembered_status", status.as_str()),
    ];
    #[allow(clippy::cast_precision_loss)]
    let secs = |millis: i64| Some(millis as f64 / 1000.0);
    Device {
        device_key: Some(device.key.clone()),
        device_attributes: [attribute("device_status", "valid")].into_iter().chain(name).chain(others).collect(),
        device_create_date: secs(device.created_millis),
        device_last_modified_date: secs(device.modified_millis),
        device_last_authenticated_date: secs(device.authenticated_millis),
    }
}
