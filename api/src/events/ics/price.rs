//! What an event costs, in one line.

use entity::event;
use entity::lists::PriceTier;
use entity::words::PriceKind;

/// Currencies whose smallest unit is the unit itself (ISO 4217).
const WITHOUT_CENTS: [&str; 7] = ["CLP", "ISK", "JPY", "KRW", "UGX", "VND", "XAF"];

/// E.g. `Eintritt: Regulär 8 €, ermäßigt 5,50 € (an der Abendkasse)`; nothing where nothing was stated.
pub(super) fn line(event: &event::Model, is_german: bool) -> Option<String> {
    let tiers: Vec<String> = event.price_tiers.0.iter().map(|tier| priced(tier, is_german)).collect();
    let words = match (event.price_kind, is_german) {
        (PriceKind::Free, true) => "Eintritt frei",
        (PriceKind::Free, false) => "Free of charge",
        (PriceKind::Donation, true) => "Eintritt gegen Spende",
        (PriceKind::Donation, false) => "By donation",
        (PriceKind::Paid, true) => "Eintritt",
        (PriceKind::Paid, false) => "Admission",
        (PriceKind::NotStated, _) => "",
    };
    let note = event.price_note.as_deref().filter(|note| !note.trim().is_empty());
    match (event.price_kind, tiers.is_empty(), note) {
        (PriceKind::NotStated, ..) => note.map(str::to_owned),
        (PriceKind::Paid, true, None) => Some(if is_german { "Kostet Eintritt" } else { "Admission is charged" }.to_owned()),
        (PriceKind::Paid, true, Some(note)) => Some(format!("{words}: {note}")),
        (_, true, None) => Some(words.to_owned()),
        (_, true, Some(note)) => Some(format!("{words} ({note})")),
        (_, false, None) => Some(format!("{words}: {}", tiers.join(", "))),
        (_, false, Some(note)) => Some(format!("{words}: {} ({note})", tiers.join(", "))),
    }
}

fn priced(tier: &PriceTier, is_german: bool) -> String {
    format!("{} {}", tier.name, amount(tier.amount, &tier.currency, is_german)).trim_start().to_owned()
}

fn amount(smallest_units: i64, currency: &str, is_german: bool) -> String {
    let number = match (smallest_units / 100, smallest_units % 100, is_german) {
        _ if WITHOUT_CENTS.contains(&currency) => smallest_units.to_string(),
        (whole, 0, _) => whole.to_string(),
        (whole, cents, true) => format!("{whole},{:02}", cents.abs()),
        (whole, cents, false) => format!("{whole}.{:02}", cents.abs()),
    };
    match (currency, is_german) {
        ("EUR", true) => format!("{number} €"),
        ("EUR", false) => format!("€{number}"),
        (currency, _) => format!("{number} {currency}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_people_write_them() {
        assert_eq!(amount(850, "EUR", true), "8,50 €");
        assert_eq!(amount(850, "EUR", false), "€8.50");
        assert_eq!(amount(800, "EUR", true), "8 €");
        assert_eq!(amount(1205, "CHF", true), "12,05 CHF");
        assert_eq!(amount(1200, "JPY", false), "1200 JPY");
    }
}
