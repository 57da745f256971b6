//! Objects that are wholly in memory, shown without a future for each of their fields.
//!
//! async-graphql resolves every field of every object in a boxed future of its own. That is right where a field may have
//! to wait; a scorecard has a hundred thousand fields that have nothing to wait for, and resolving them so cost more than
//! everything else together. Here the selection is read once, into a list of functions, and each object of a list is run
//! through it, which writes it as JSON at once (`graphql::written`). `SimpleObject` goes on describing the type, and resolves it wherever a selection has something this file
//! does not know: a directive, or one key selected twice, wherever in the document that is (`written::merges`). A test holds the two to the same answer.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::Write;
use std::sync::Arc;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::EnumType;
use async_graphql::{ContextSelectionSet, OutputType, Positioned, SelectionField, ServerResult, Value};

use super::scalars::{Date, DateTime, Decimal, Period};

/// A `SimpleObject` that can be shown by functions.
pub trait Plain: OutputType + Sized + 'static {
    /// What shows a field of it; none where that is not known.
    fn show(field: &SelectionField<'_>) -> Option<Show<Self>>;
}

/// Shows one field of an object: adds its value, as JSON, to an answer.
pub type Show<T> = Box<dyn Fn(&T, &mut Vec<u8>) + Send + Sync>;

/// A scalar that is written as JSON.
pub trait Leaf {
    fn write(&self, to: &mut Vec<u8>);
}

impl<T: Leaf> Leaf for Option<T> {
    fn write(&self, to: &mut Vec<u8>) {
        match self {
            Some(value) => value.write(to),
            None => to.extend_from_slice(b"null"),
        }
    }
}

impl Leaf for String {
    fn write(&self, to: &mut Vec<u8>) {
        text(self, to);
    }
}

impl Leaf for Arc<str> {
    fn write(&self, to: &mut Vec<u8>) {
        text(self, to);
    }
}

impl Leaf for Vec<String> {
    fn write(&self, to: &mut Vec<u8>) {
        to.push(b'[');
        for (at, one) in self.iter().enumerate() {
            if at > 0 {
                to.push(b',');
            }
            text(one, to);
        }
        to.push(b']');
    }
}

impl Leaf for bool {
    fn write(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(if *self { b"true" } else { b"false" });
    }
}

impl Leaf for u32 {
    fn write(&self, to: &mut Vec<u8>) {
        bare(self, to);
    }
}

impl Leaf for Decimal {
    fn write(&self, to: &mut Vec<u8>) {
        quoted(&self.0, to);
    }
}

impl Leaf for Period {
    fn write(&self, to: &mut Vec<u8>) {
        quoted(&self.0, to);
    }
}

impl Leaf for Date {
    fn write(&self, to: &mut Vec<u8>) {
        quoted(&self.0, to);
    }
}

impl Leaf for DateTime {
    fn write(&self, to: &mut Vec<u8>) {
        quoted(&self.text(), to);
    }
}

/// Shows a scalar.
pub fn leaf<T: 'static, V: Leaf + 'static>(of: fn(&T) -> &V) -> Show<T> {
    Box::new(move |object, to| of(object).write(to))
}

/// Shows a word of a closed set, null for none.
pub fn word<T: 'static, V: EnumType + 'static>(of: fn(&T) -> Option<&V>) -> Show<T> {
    Box::new(move |object, to| match of(object).and_then(|word| V::items().iter().find(|item| item.value == *word)) {
        Some(item) => quoted(&item.name, to),
        None => to.extend_from_slice(b"null"),
    })
}

/// Shows an object below, null for none.
pub fn below<T: 'static, V: Plain>(field: &SelectionField<'_>, of: fn(&T) -> Option<&V>) -> Option<Show<T>> {
    let selection = Selection::of(field)?;
    Some(Box::new(move |object, to| match of(object) {
        Some(value) => selection.show(value, to),
        None => to.extend_from_slice(b"null"),
    }))
}

/// Shows a list of objects below.
pub fn each<T: 'static, V: Plain>(field: &SelectionField<'_>, of: fn(&T) -> &Vec<V>) -> Option<Show<T>> {
    let selection = Selection::of(field)?;
    Some(Box::new(move |object, to| {
        to.push(b'[');
        for (at, one) in of(object).iter().enumerate() {
            if at > 0 {
                to.push(b',');
            }
            selection.show(one, to);
        }
        to.push(b']');
    }))
}

/// A text in quotes, what JSON wants escaped escaped.
fn text(text: &str, to: &mut Vec<u8>) {
    // Writing text to memory cannot fail.
    let _ = serde_json::to_writer(to, text);
}

/// What prints itself in letters that stand for themselves, in quotes.
fn quoted(value: &impl std::fmt::Display, to: &mut Vec<u8>) {
    to.push(b'"');
    bare(value, to);
    to.push(b'"');
}

fn bare(value: &impl std::fmt::Display, to: &mut Vec<u8>) {
    // Writing to memory cannot fail.
    let _ = write!(to, "{value}");
}

/// What is selected of an object.
pub struct Selection<T> {
    /// What stands before each value, its key and a colon, and what shows the value.
    fields: Vec<(Vec<u8>, Show<T>)>,
}

impl<T: Plain> Selection<T> {
    /// What is selected below a field that answers such objects; none where `SimpleObject` has to resolve it.
    pub fn of(parent: &SelectionField<'_>) -> Option<Self> {
        let (mut fields, mut keys) = (Vec::new(), HashSet::new());
        for field in parent.selection_set() {
            let key = field.alias().unwrap_or(field.name());
            let directives = field.directives().is_ok_and(|directives| !directives.is_empty());
            if directives || !keys.insert(key.to_owned()) {
                return None;
            }
            let mut before = vec![if fields.is_empty() { b'{' } else { b',' }];
            text(key, &mut before);
            before.push(b':');
            let show: Show<T> = match field.name() {
                "__typename" => Box::new(|_: &T, to| text(&T::type_name(), to)),
                _ => T::show(&field)?,
            };
            fields.push((before, show));
        }
        Some(Self { fields })
    }

    fn show(&self, object: &T, to: &mut Vec<u8>) {
        if self.fields.is_empty() {
            to.push(b'{');
        }
        for (before, show) in &self.fields {
            to.extend_from_slice(before);
            show(object, to);
        }
        to.push(b'}');
    }
}

/// Room for an object that is shown whole.
const OBJECT_BYTES: usize = 640;

/// A list of such objects, each made when its turn comes, and how the field that answers it wants them shown.
pub struct PlainList<T> {
    count: usize,
    make: Box<dyn Fn(usize) -> Option<T> + Send + Sync>,
    selection: Arc<Option<Selection<T>>>,
}

impl<T: Plain> PlainList<T> {
    pub fn new(count: usize, make: impl Fn(usize) -> Option<T> + Send + Sync + 'static, selection: Arc<Option<Selection<T>>>) -> Self {
        Self { count, make: Box::new(make), selection }
    }

    fn objects(&self) -> impl Iterator<Item = T> {
        (0..self.count).filter_map(&self.make)
    }
}

impl<T: Plain> OutputType for PlainList<T> {
    fn type_name() -> Cow<'static, str> {
        Vec::<T>::type_name()
    }

    fn qualified_type_name() -> String {
        Vec::<T>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Vec::<T>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        match &*self.selection {
            Some(selection) => {
                let mut to = Vec::with_capacity(self.count * OBJECT_BYTES + 2);
                to.push(b'[');
                for (at, object) in self.objects().enumerate() {
                    if at > 0 {
                        to.push(b',');
                    }
                    selection.show(&object, &mut to);
                }
                to.push(b']');
                Ok(Value::Binary(to.into()))
            }
            None => self.objects().collect::<Vec<T>>().resolve(ctx, field).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{Context, EmptyMutation, EmptySubscription, Object, Schema};
    use rules::measure::Absence;
    use rust_decimal::Decimal as Exact;

    use super::*;
    use crate::graphql::written;
    use crate::values::graphql::{RemedialAction, SeriesPoint, Status, Travel, YearEnd, YearToDate};

    fn decimal(text: &str) -> Option<Decimal> {
        Some(Decimal(Exact::from_str_exact(text).unwrap()))
    }

    fn status(colour: rules::status::Colour) -> Status {
        Status { colour: colour.into(), because: "82.0 is \"below\"\nthe target".into() }
    }

    /// One with everything, and one with nothing.
    fn points() -> Vec<SeriesPoint> {
        use rules::status::Colour::{NoData, Red};
        use rules::travel::Direction::{Declined, NotComparable};
        let full = SeriesPoint {
            period: Period("2023/24 Q1".parse().unwrap()),
            value: decimal("82.0"),
            absence: None,
            numerator: decimal("82"),
            denominator: decimal("100"),
            state: Some(rules::measure::ValueState::Final.into()),
            target: decimal("85"),
            intervention: decimal("83"),
            lower: decimal("-1.50"),
            upper: decimal("90"),
            status: status(Red),
            year_end: YearEnd { forecast: decimal("84"), target: decimal("85"), status: status(Red) },
            travel: Travel { on_previous_period: Declined.into(), on_same_period_last_year: NotComparable.into() },
            year_to_date: YearToDate { value: decimal("82.0"), complete: true, expected: 3, reported: 3 },
            commentary: Some("Café – “late”".into()),
            remedial_action: Some(RemedialAction {
                text: "Hire".into(),
                owner: Some("Head".into()),
                due: Some(Date("2023-09-30".parse().unwrap())),
            }),
            quality_note: Some("provisional count".into()),
            disagrees: true,
            recorded_at: Some(DateTime("2023-07-10T09:00:00Z".parse().unwrap())),
            reading: rules::reading::Reading::Recorded.into(),
        };
        let empty = SeriesPoint {
            period: Period("2023-04".parse().unwrap()),
            value: None,
            absence: Some(Absence::NotDue.into()),
            numerator: None,
            denominator: None,
            state: None,
            target: None,
            intervention: None,
            lower: None,
            upper: None,
            status: status(NoData),
            year_end: YearEnd { forecast: None, target: None, status: status(NoData) },
            travel: Travel { on_previous_period: NotComparable.into(), on_same_period_last_year: NotComparable.into() },
            year_to_date: YearToDate { value: None, complete: false, expected: 1, reported: 0 },
            commentary: None,
            remedial_action: None,
            quality_note: None,
            disagrees: false,
            recorded_at: None,
            reading: rules::reading::Reading::Recorded.into(),
        };
        vec![full, empty]
    }

    struct Query;

    #[Object]
    impl Query {
        async fn plain(&self, ctx: &Context<'_>, known: bool) -> async_graphql::Result<PlainList<SeriesPoint>> {
            let selection = Selection::of(&ctx.field());
            assert_eq!(selection.is_some(), known);
            Ok(PlainList::new(points().len(), |at| points().into_iter().nth(at), Arc::new(selection)))
        }

        async fn simple(&self) -> Vec<SeriesPoint> {
            points()
        }
    }

    fn schema() -> Schema<Query, EmptyMutation, EmptySubscription> {
        Schema::new(Query, EmptyMutation, EmptySubscription)
    }

    /// The answer to a selection, which must be the same from both.
    async fn answer(selection: &str, fragments: &str, known: bool) -> serde_json::Value {
        let ask = async |field: String| {
            let response = schema().execute(format!("{{ points: {field} {{ {selection} }} }} {fragments}")).await;
            assert!(response.errors.is_empty(), "{:?}", response.errors);
            let answer: serde_json::Value = serde_json::from_slice(&written::answer(&response).unwrap()).unwrap();
            answer["data"].clone()
        };
        let plain = ask(format!("plain(known: {known})")).await;
        assert_eq!(plain, ask("simple".into()).await);
        plain
    }

    /// Every field of a type, and of the types below it, as the schema has them.
    async fn everything(name: &str) -> String {
        let ask = format!("{{ __type(name: \"{name}\") {{ fields {{ name type {{ name kind ofType {{ name kind }} }} }} }} }}");
        let fields = schema().execute(ask).await.data.into_json().unwrap()["__type"]["fields"].take();
        let mut all = String::new();
        for field in fields.as_array().unwrap() {
            let kind = if field["type"]["kind"] == "NON_NULL" { &field["type"]["ofType"] } else { &field["type"] };
            all += field["name"].as_str().unwrap();
            if kind["kind"] == "OBJECT" {
                all += &format!(" {{ {} }}", Box::pin(everything(kind["name"].as_str().unwrap())).await);
            }
            all += " ";
        }
        all
    }

    #[tokio::test]
    async fn every_field_is_known_and_shown_as_simple_objects_show_it() {
        let shown = answer(&everything("SeriesPoint").await, "", true).await;
        assert_eq!(shown["points"][0].as_object().unwrap().len(), 20);
        assert_eq!(shown["points"][0]["remedialAction"]["due"], "2023-09-30");
        assert_eq!(shown["points"][1]["remedialAction"], serde_json::Value::Null);
    }

    #[tokio::test]
    async fn aliases_fragments_and_type_names_are_known() {
        let selection = "at: period __typename ...Judged ... on SeriesPoint { value }";
        let shown = answer(selection, "fragment Judged on SeriesPoint { status { rag: colour __typename } }", true).await;
        assert_eq!(shown["points"][0]["status"]["rag"], "RED");
        assert_eq!(shown["points"][0]["status"]["__typename"], "Status");
    }

    #[tokio::test]
    async fn a_key_selected_twice_is_left_to_the_library() {
        let shown = answer("status { colour } status { because }", "", false).await;
        assert_eq!(shown["points"][1]["status"]["colour"], "NO_DATA");
    }

    #[tokio::test]
    async fn what_is_skipped_is_not_shown() {
        let shown = answer("period value @skip(if: true) absence @include(if: false)", "", true).await;
        assert_eq!(shown["points"][0], serde_json::json!({ "period": "2023/24 Q1" }));
    }
}
