//! What a chart says, case by case, against figures published elsewhere.
