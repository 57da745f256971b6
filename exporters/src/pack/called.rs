//! What calls for attention in the order it is read: indicators and whatever is delivered beside them, the most points first.

use super::{Pack, PackCall, PackException};

/// One line of the Exceptions sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Called<'a> {
    Indicator(&'a PackException),
    Delivery(&'a PackCall),
}

impl Called<'_> {
    pub(crate) fn code(&self) -> &str {
        match self {
            Self::Indicator(exception) => &exception.code,
            Self::Delivery(call) => &call.code,
        }
    }
}

impl Pack {
    /// Both lists in one, each in its own order. Of equal points the indicator is read first.
    pub(crate) fn called(&self) -> Vec<Called<'_>> {
        let mut all = Vec::with_capacity(self.exceptions.len() + self.delivery.calls.len());
        let mut calls = self.delivery.calls.iter().peekable();
        for exception in &self.exceptions {
            while let Some(call) = calls.next_if(|call| call.points > exception.points) {
                all.push(Called::Delivery(call));
            }
            all.push(Called::Indicator(exception));
        }
        all.extend(calls.map(Called::Delivery));
        all
    }
}
