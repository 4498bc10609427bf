//! Organisations, and the network with its site.

use serde_json::{Value, json};

use super::{address, each, named, picture};

/// The network, and the site that can be searched.
pub fn network(network: &Value, site: &str) -> Value {
    let hours = each(&network["openingHours"], |hours| {
        json!({
            "@type": "OpeningHoursSpecification", "dayOfWeek": day(hours["weekday"].as_str()), "opens": hours["opensAt"],
            "closes": hours["closesAt"],
        })
    });
    let itself = format!("{site}/#network");
    json!({ "@graph": [
        {
            "@type": "NGO", "@id": itself, "name": network["name"], "alternateName": network["shortName"], "url": format!("{site}/"),
            "mainEntityOfPage": network["organisation"]["url"], "address": address(&network["address"]), "telephone": network["phone"],
            "email": network["email"], "sameAs": network["website"], "foundingDate": network["foundedOn"],
            "memberOf": each(&network["umbrellas"], named), "funder": each(&network["funders"], named),
            "location": { "@type": "Place", "address": address(&network["address"]), "openingHoursSpecification": hours },
        },
        {
            "@type": "WebSite", "@id": format!("{site}/#site"), "name": network["name"], "url": format!("{site}/"),
            "publisher": { "@id": itself },
            "potentialAction": {
                "@type": "SearchAction", "target": { "@type": "EntryPoint", "urlTemplate": format!("{site}/search?q={{words}}") },
                "query-input": "required name=words",
            },
        },
    ] })
}

/// An organisation as its page shows it.
pub fn organisation(organisation: &Value, network: &Value, site: &str) -> Value {
    let is_member = organisation["membership"]["status"] == "ACTIVE" && organisation["kind"] == "MEMBER";
    let names = organisation["aliases"].as_array().into_iter().flatten().chain([&organisation["shortName"]]);
    json!({
        "@type": sort(organisation["kind"].as_str().unwrap_or_default()),
        "@id": organisation["url"], "url": organisation["url"], "name": organisation["name"],
        "alternateName": names.filter(|name| **name != organisation["name"]).collect::<Vec<_>>(),
        "sameAs": organisation["website"], "email": organisation["email"], "telephone": organisation["phone"],
        "address": address(&organisation["address"]), "foundingDate": organisation["foundedOn"], "logo": picture(&organisation["logo"]),
        "knowsLanguage": organisation["languages"], "knowsAbout": each(&organisation["focus"], |topic| topic["name"].clone()),
        "memberOf": is_member.then(|| json!({ "@type": "NGO", "@id": format!("{site}/#network"), "name": network["name"], "url": format!("{site}/") })),
    })
}

fn sort(kind: &str) -> &'static str {
    match kind {
        "PUBLIC_BODY" => "GovernmentOrganization",
        "FUNDER" => "Organization",
        _ => "NGO",
    }
}

fn day(weekday: Option<&str>) -> Option<String> {
    let (first, rest) = weekday?.split_at_checked(1)?;
    Some(format!("https://schema.org/{first}{}", rest.to_lowercase()))
}
