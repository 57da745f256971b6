//! Decimals that stay exact on both databases.

use rust_decimal::Decimal;
use sea_orm::sea_query::{ArrayType, ColumnType, Nullable, ValueType, ValueTypeErr};
use sea_orm::{ColIdx, DbErr, IntoActiveValue, QueryResult, Set, TryGetError, TryGetable, Value};

/// A decimal column: NUMERIC on PostgreSQL, and on SQLite text under the collation `decimal`, which every connection
/// must register. SeaORM's own `Decimal` reads SQLite through a float and is not exact there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dec(pub Decimal);

impl From<Decimal> for Dec {
    fn from(number: Decimal) -> Self {
        Self(number)
    }
}

impl From<Dec> for Decimal {
    fn from(number: Dec) -> Self {
        number.0
    }
}

impl From<Dec> for Value {
    fn from(number: Dec) -> Self {
        // SQLite is bound the number's text.
        Self::Decimal(Some(number.0))
    }
}

impl TryGetable for Dec {
    fn try_get_by<I: ColIdx>(row: &QueryResult, column: I) -> Result<Self, TryGetError> {
        if row.try_as_sqlite_row().is_none() {
            return Decimal::try_get_by(row, column).map(Self);
        }
        let text = String::try_get_by(row, column)?;
        text.parse().map(Self).map_err(|why| TryGetError::DbErr(DbErr::Type(format!("{text:?} is not a decimal: {why}"))))
    }
}

impl ValueType for Dec {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        <Decimal as ValueType>::try_from(value).map(Self)
    }

    fn type_name() -> String {
        "Dec".to_owned()
    }

    fn array_type() -> ArrayType {
        ArrayType::Decimal
    }

    fn column_type() -> ColumnType {
        ColumnType::Decimal(None)
    }
}

impl Nullable for Dec {
    fn null() -> Value {
        Value::Decimal(None)
    }
}

impl IntoActiveValue<Dec> for Dec {
    fn into_active_value(self) -> sea_orm::ActiveValue<Dec> {
        Set(self)
    }
}
