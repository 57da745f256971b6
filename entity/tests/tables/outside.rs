//! Row-level security from outside: as the server's role, and as a login of one's own that is only a member of it, against
//! every table the catalogue knows, not against a list of ours.

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, Statement, TransactionTrait};

use crate::databases::{TestDatabase, login, postgres, refused};
use crate::rows::{A, B, count, fill, insertion};

/// Everything that belongs to no council.
const OUTSIDE: [&str; 4] = ["council", "installation", "operator", "seaql_migrations"];
/// What may be looked for before it is known whose it is, and for what.
const PURPOSES: [(&str, &str); 7] = [
    ("sign-in", "identity_provider"),
    ("jobs", "job"),
    ("notices", "notice"),
    ("notice-settings", "notice_setting"),
    ("shares", "share"),
    ("shares", "share_answer"),
    ("warnings", "warning_look"),
];
/// What councils show one another, by whom it is addressed to.
const ADDRESSED: [&str; 14] = [
    "carried_element",
    "carried_grant",
    "council_group",
    "council_group_invitation",
    "council_group_member",
    "handed_figure",
    "handed_indicator",
    "reception",
    "reorganisation",
    "share",
    "share_answer",
    "share_indicator",
    "shared_figure",
    "succession",
];

async fn texts(database: &impl ConnectionTrait, query: &str) -> Vec<String> {
    let query = Statement::from_string(database.get_database_backend(), query);
    let rows = database.query_all_raw(query).await.expect("reads the catalogue");
    rows.iter().map(|row| row.try_get_by_index(0).expect("a text")).collect()
}

/// Tables with a council in every row, by the catalogue.
async fn of_councils(database: &impl ConnectionTrait) -> Vec<String> {
    texts(
        database,
        "SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'council_id' AND NOT a.attisdropped
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1",
    )
    .await
}

/// The server's role, and a login that is only its member.
async fn everyone(database: &TestDatabase, test: &str) -> Vec<(&'static str, DatabaseConnection)> {
    vec![("the server's role", database.server.clone()), ("a member of it", login(database, test).await)]
}

async fn named(connection: &DatabaseConnection, setting: &str, to: &str) -> DatabaseTransaction {
    let transaction = connection.begin().await.expect("begins");
    transaction.execute_unprepared(&format!("SELECT set_config('{setting}', '{to}', true)")).await.expect("is set");
    transaction
}

#[tokio::test]
async fn every_table_with_a_council_in_it_is_held_to_it() {
    let Some(database) = postgres("outside_tables").await else { return };
    let held = texts(
        &database.owner,
        "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
         AND relrowsecurity AND relforcerowsecurity ORDER BY 1",
    )
    .await;
    let is_shared = |table: &str| crate::rows::SHARED.contains(&table);
    let held: Vec<String> = held.into_iter().filter(|table| !is_shared(table)).collect();
    assert_eq!(of_councils(&database.owner).await, held);
    let all = texts(
        &database.owner,
        "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1",
    )
    .await;
    let others: Vec<&str> =
        all.iter().map(String::as_str).filter(|table| !is_shared(table) && !held.iter().any(|name| name == table)).collect();
    assert_eq!(others, OUTSIDE);
    let purposes = texts(&database.owner, "SELECT tablename || ' ' || cmd FROM pg_policies WHERE policyname = 'purpose' ORDER BY 1").await;
    assert_eq!(
        purposes,
        [
            "identity_provider SELECT",
            "job ALL",
            "notice SELECT",
            "notice_setting SELECT",
            "period_schedule SELECT",
            "share SELECT",
            "share_answer SELECT",
            "warning_look SELECT"
        ]
    );
    let addressed =
        texts(&database.owner, "SELECT tablename::text FROM pg_policies WHERE policyname = 'addressed' AND cmd = 'SELECT' ORDER BY 1")
            .await;
    assert_eq!(addressed, ADDRESSED);
    let others = "SELECT policyname::text FROM pg_policies WHERE policyname NOT IN ('council', 'purpose', 'addressed', 'everybody', 'purpose_insert', 'purpose_update')";
    assert_eq!(texts(&database.owner, others).await, Vec::<String>::new());
    let one_each = "SELECT tablename::text FROM pg_policies WHERE policyname = 'council' AND cmd = 'ALL' AND qual = with_check ORDER BY 1";
    assert_eq!(texts(&database.owner, one_each).await, held);
    // No function does for its caller what the caller may not.
    let definer = "SELECT proname::text FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace";
    assert_eq!(texts(&database.owner, definer).await, Vec::<String>::new());
}

#[tokio::test]
async fn whoever_serves_owns_nothing_creates_nothing_and_bypasses_nothing() {
    let Some(database) = postgres("outside_roles").await else { return };
    for (who, connection) in everyone(&database, "outside_roles").await {
        let me = "(SELECT oid FROM pg_roles WHERE rolname = current_user)";
        for (what, query) in [
            ("attributes", "pg_roles WHERE rolname IN (current_user, 'goldenthread_server') AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)".to_owned()),
            ("objects of its own", format!("pg_shdepend WHERE refclassid = 'pg_authid'::regclass AND refobjid = {me} AND deptype = 'o'")),
            ("other roles", "pg_roles WHERE rolname NOT IN (current_user, 'goldenthread_server') AND pg_has_role(oid, 'MEMBER')".to_owned()),
            ("schemas to create in", "pg_namespace WHERE nspname NOT LIKE 'pg_temp%' AND has_schema_privilege(oid, 'CREATE')".to_owned()),
            ("databases to create in", "pg_database WHERE datname = current_database() AND has_database_privilege(oid, 'CREATE')".to_owned()),
            ("tables to truncate or build on", "pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND (has_table_privilege(oid, 'TRUNCATE') OR has_table_privilege(oid, 'REFERENCES') OR has_table_privilege(oid, 'TRIGGER'))".to_owned()),
        ] {
            assert_eq!(count(&connection, &query).await, 0, "{who}: {what}");
        }
        for statement in [
            "CREATE TABLE x (y int)",
            "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "CREATE SCHEMA s",
            "CREATE VIEW v AS SELECT 1",
        ] {
            refused(connection.execute_unprepared(statement).await, "permission denied");
        }
    }
}

#[tokio::test]
async fn no_way_of_asking_shows_another_councils_rows() {
    let Some(database) = postgres("outside_rows").await else { return };
    fill(&database.owner, A).await;
    fill(&database.owner, B).await;
    let tables = of_councils(&database.owner).await;
    for table in &tables {
        // As an owner might, for whoever serves to call: it works with its caller's rights.
        let function = format!("CREATE FUNCTION all_of_{table}() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM {table}'");
        database.owner.execute_unprepared(&function).await.expect("creates a function");
    }
    for (who, connection) in everyone(&database, "outside_rows").await {
        for table in &tables {
            assert_eq!(count(&database.owner, table).await, 2, "{table} as its owner, a superuser");
            assert_eq!(count(&connection, table).await, 0, "{who}: {table} without a council");
            assert_eq!(copied(&connection, table, None).await, 0, "{who}: {table} copied without a council");
            assert_eq!(copied(&connection, table, Some("A")).await, 1, "{who}: {table} copied");
            let ours = named(&connection, "app.council", &A.to_string()).await;
            for (way, from, seen) in [
                ("select", table.clone(), 1),
                ("or true", format!("{table} WHERE council_id = '{B}' OR true"), 1),
                ("by its id", format!("{table} WHERE council_id = '{B}'"), 0),
                ("joined", format!("council c LEFT JOIN {table} t ON t.council_id = c.id WHERE t.council_id = '{B}'"), 0),
                ("crossed", format!("council c CROSS JOIN {table} t"), 2),
                ("below", format!("council c WHERE EXISTS (SELECT 1 FROM {table} t WHERE t.council_id = c.id)"), 1),
                ("united", format!("(SELECT council_id FROM {table} UNION ALL SELECT council_id FROM {table}) u"), 2),
                ("by a function", format!("all_of_{table}() n WHERE n = 1"), 1),
            ] {
                assert_eq!(count(&ours, &from).await, seen, "{who}: {table} {way}");
            }
            ours.rollback().await.expect("ends");
            never_written(&database, &connection, (who, table)).await;
        }
    }
}

/// Nothing of the other council's is changed, deleted, given away or put in.
async fn never_written(database: &TestDatabase, connection: &DatabaseConnection, (who, table): (&str, &str)) {
    let theirs = insertion(&database.owner, table, B).await;
    for statement in [
        format!("UPDATE {table} SET id = id WHERE council_id = '{B}'"),
        format!("DELETE FROM {table} WHERE council_id = '{B}'"),
        format!("DELETE FROM {table} USING council c WHERE {table}.council_id = c.id AND c.id = '{B}'"),
        theirs.clone(),
        format!("{theirs} ON CONFLICT DO NOTHING"),
        format!("INSERT INTO {table} SELECT * FROM {table} WHERE council_id = '{B}'"),
        format!("MERGE INTO {table} t USING council c ON t.council_id = c.id AND c.id = '{B}' WHEN MATCHED THEN DELETE"),
        format!("COPY {table} FROM STDIN"),
    ] {
        let ours = named(connection, "app.council", &A.to_string()).await;
        match ours.execute_unprepared(&statement).await {
            Ok(done) => assert_eq!(done.rows_affected(), 0, "{who}: {statement}"),
            Err(why) => {
                let why = why.to_string();
                let known = ["row-level security", "permission denied for table"].iter().any(|words| why.contains(words));
                assert!(known, "{who}: {statement}: {why}");
            }
        }
        ours.rollback().await.expect("ends");
    }
    assert_eq!(count(&database.owner, &format!("{table} WHERE council_id = '{B}'")).await, 1, "{who}: {table}");
}

/// How many rows `COPY … TO STDOUT` gives, of a council or of none.
async fn copied(connection: &DatabaseConnection, table: &str, of: Option<&str>) -> usize {
    let pool = connection.get_postgres_connection_pool();
    let mut one = pool.acquire().await.expect("a connection");
    let set = format!("SELECT set_config('app.council', '{}', false)", of.map(|_| A.to_string()).unwrap_or_default());
    sea_orm::sqlx::raw_sql(sea_orm::sqlx::AssertSqlSafe(set)).execute(&mut *one).await.expect("is set");
    let mut bytes = Vec::new();
    let mut stream = one.copy_out_raw(&format!("COPY {table} TO STDOUT")).await.expect("copies");
    while let Some(part) = futures::StreamExt::next(&mut stream).await {
        bytes.extend_from_slice(&part.expect("a part"));
    }
    drop(stream);
    sea_orm::sqlx::raw_sql("SELECT set_config('app.council', '', false)").execute(&mut *one).await.expect("is set");
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

#[tokio::test]
async fn a_purpose_opens_its_tables_and_nothing_else() {
    let Some(database) = postgres("outside_purposes").await else { return };
    fill(&database.owner, A).await;
    fill(&database.owner, B).await;
    for (who, connection) in everyone(&database, "outside_purposes").await {
        for purpose in ["sign-in", "jobs", "notices", "notice-settings", "shares", "warnings", "", "Jobs", "jobs ", "audit", "*"] {
            for table in of_councils(&database.owner).await {
                let any = named(&connection, "app.purpose", purpose).await;
                let seen = if PURPOSES.contains(&(purpose, table.as_str())) { 2 } else { 0 };
                assert_eq!(count(&any, &table).await, seen, "{who}: {table} for {purpose:?}");
                any.rollback().await.expect("ends");
            }
        }
        let any = named(&connection, "app.purpose", "sign-in").await;
        let change = any.execute_unprepared("UPDATE identity_provider SET name = 'x'").await.expect("is let try");
        assert_eq!(change.rows_affected(), 0, "{who}: to sign in one reads a provider and changes none");
        any.rollback().await.expect("ends");
    }
}

#[tokio::test]
async fn a_member_cannot_become_somebody_else_and_an_owner_can() {
    let Some(database) = postgres("outside_becoming").await else { return };
    fill(&database.owner, A).await;
    let member = login(&database, "outside_becoming").await;
    for statement in [
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION postgres",
        "SET LOCAL row_security = off; SELECT count(*) FROM person",
        "ALTER ROLE goldenthread_server BYPASSRLS",
        "ALTER ROLE current_user SUPERUSER",
        "GRANT postgres TO current_user",
    ] {
        // 42501 is PostgreSQL's code for want of a right.
        refused(member.execute_unprepared(&format!("BEGIN; {statement}; COMMIT")).await, "42501");
        let _ = member.execute_unprepared("ROLLBACK").await;
    }
    for back in ["RESET ROLE", "SET ROLE NONE", "RESET SESSION AUTHORIZATION", "SET ROLE goldenthread_server"] {
        member.execute_unprepared(back).await.expect("may");
        assert_eq!(count(&member, "person").await, 0, "{back}");
    }
    // Serving as the owner, in the server's role: whoever takes the process over is one statement away from everything.
    // Hence the warning when the service starts, and the advice to serve as a member of the role.
    let serving = database.server.begin().await.expect("begins");
    assert_eq!(count(&serving, "person").await, 0);
    serving.execute_unprepared("SET LOCAL ROLE NONE").await.expect("may");
    assert_eq!(count(&serving, "person").await, 1);
}
