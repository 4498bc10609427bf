//! Something that does not answer for a while: said once, and asked again ever more seldom.

use std::fmt::Display;
use std::time::Duration;

/// After how long one asks again for the first time.
const FIRST: Duration = Duration::from_millis(250);

/// How long one waits at most.
const LONGEST: Duration = Duration::from_secs(30);

/// What may be out, and for how long to wait where it is.
#[derive(Debug)]
pub(crate) struct Outage {
    what: &'static str,
    pause: Option<Duration>,
}

impl Outage {
    /// It answers, as far as one knows.
    pub const fn none_of(what: &'static str) -> Self {
        Self { what, pause: None }
    }

    /// It did not answer; tells how long to wait before asking again.
    pub fn goes_on(&mut self, error: &impl Display) -> Duration {
        if self.pause.is_none() {
            tracing::warn!(%error, "{} does not answer, and is asked again until it does", self.what);
        }
        let pause = self.pause.map_or(FIRST, |pause| (pause * 2).min(LONGEST));
        self.pause = Some(pause);
        pause
    }

    /// It answered.
    pub fn is_over(&mut self) {
        if self.pause.take().is_some() {
            tracing::info!("{} answers again", self.what);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_asks_ever_more_seldom_and_begins_anew_after_an_answer() {
        let mut outage = Outage::none_of("it");
        let pauses: Vec<Duration> = (0..9).map(|_| outage.goes_on(&"silence")).collect();
        assert!(pauses.windows(2).all(|pair| pair[0] < pair[1] || pair[1] == LONGEST), "{pauses:?}");
        assert_eq!((pauses[0], pauses[8]), (FIRST, LONGEST));
        outage.is_over();
        assert_eq!(outage.goes_on(&"silence"), FIRST);
    }
}
