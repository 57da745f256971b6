//! Whole files through the front door: right ones, messy ones, hostile ones and real ones.

#[cfg(test)]
mod anything;
mod asked;
#[cfg(test)]
mod authorities;
#[cfg(test)]
mod common;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod delivery;
#[cfg(test)]
mod ending;
#[cfg(test)]
mod headings;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod kept;
#[cfg(test)]
mod made;
#[cfg(test)]
mod mappings;
#[cfg(test)]
mod names;
#[cfg(test)]
mod national;
#[cfg(test)]
mod published;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod shipped;
#[cfg(test)]
mod stacked;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod watched;
