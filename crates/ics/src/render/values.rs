//! Words, durations and places as they are written.

use chrono::Duration;

use crate::model::{Class, Method, Participation, Status};

/// `PT1H` (RFC 5545 3.3.6).
pub(super) fn duration_value(duration: Duration) -> String {
    let seconds = duration.num_seconds().max(0);
    match (seconds % 3600, seconds % 60) {
        (0, _) if seconds > 0 => format!("PT{}H", seconds / 3600),
        (_, 0) if seconds > 0 => format!("PT{}M", seconds / 60),
        _ => format!("PT{seconds}S"),
    }
}

/// `52.520008;13.404954` (RFC 5545 3.8.1.6); nothing for what is no place on earth.
pub(super) fn geo_value((latitude, longitude): (f64, f64)) -> Option<String> {
    let on_earth = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
    on_earth.then(|| format!("{latitude:.6};{longitude:.6}"))
}

/// RFC 5546 1.4.
pub(super) fn method_value(method: Method) -> &'static str {
    match method {
        Method::Publish => "PUBLISH",
        Method::Request => "REQUEST",
        Method::Cancel => "CANCEL",
        Method::Reply => "REPLY",
    }
}

/// RFC 5545 3.8.1.11.
pub(super) fn status_value(status: Status) -> &'static str {
    match status {
        Status::Confirmed => "CONFIRMED",
        Status::Tentative => "TENTATIVE",
        Status::Cancelled => "CANCELLED",
    }
}

/// RFC 5545 3.8.1.3.
pub(super) fn class_value(class: Class) -> &'static str {
    match class {
        Class::Public => "PUBLIC",
        Class::Private => "PRIVATE",
        Class::Confidential => "CONFIDENTIAL",
    }
}

/// RFC 5545 3.2.12.
pub(super) fn participation_value(participation: Participation) -> &'static str {
    match participation {
        Participation::NeedsAction => "NEEDS-ACTION",
        Participation::Accepted => "ACCEPTED",
        Participation::Tentative => "TENTATIVE",
        Participation::Declined => "DECLINED",
    }
}
