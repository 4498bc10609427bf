//! Groups of fields, as reports have them: `Name: value`, unfolded, with an empty line between two groups.

/// A group of fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

/// Fields that are read of one report: more than any has.
const MOST: usize = 500;

impl Fields {
    /// The groups of a part.
    pub(super) fn groups(content: &[u8]) -> Vec<Self> {
        let text = String::from_utf8_lossy(content);
        let (mut groups, mut count) = (vec![Self::default()], 0);
        for line in text.lines() {
            let Some(group) = groups.last_mut() else { break };
            if line.trim().is_empty() {
                if !group.0.is_empty() {
                    groups.push(Self::default());
                }
            } else if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = group.0.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                group.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                count += 1;
                if count == MOST {
                    break;
                }
            }
        }
        groups.retain(|group| !group.0.is_empty());
        groups
    }

    /// The value of a field, by its name in small letters.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The same without its type (`smtp; 550 …`, `rfc822; amal@example.org`), where it has one.
    pub(super) fn untyped(&self, name: &str) -> Option<&str> {
        let value = self.get(name)?;
        Some(value.split_once(';').map_or(value, |(_, value)| value).trim())
    }
}
