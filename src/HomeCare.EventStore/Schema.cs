using System.Globalization;

namespace HomeCare.EventStore;

/// <summary>Marten's tables (9.29, string stream ids, conjoined tenancy) and the store's own few beside them.</summary>
internal static class Schema
{
    /// <summary>Taken by every append before it draws sequence numbers, so that their order is the order of commits.</summary>
    public const long AppendLock = 0x4863_4C6F_67; // "HcLog"

    /// <summary>Taken by whoever migrates.</summary>
    public const long MigrationLock = 0x4863_4D69_67; // "HcMig"

    public const string NotificationChannel = "hc_events";

    public static readonly string TakeAppendLock = string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock({AppendLock})");

    public static readonly string TakeMigrationLock = string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_lock({MigrationLock})");

    public static readonly string ReleaseMigrationLock = string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_unlock({MigrationLock})");

    /// <summary>Whether the events' table is there and from before there were seals, or Marten's own.</summary>
    public const string HasNoSeals = """
        select count(*) filter (where attname = 'seq_id') = 1 and count(*) filter (where attname = 'hc_hash') = 0
        from pg_attribute where attrelid = to_regclass('mt_events') and not attisdropped
        """;

    public const string AddSeals = "alter table mt_events add column hc_place bigint, add column hc_hash bytea, add column hc_log_hash bytea";

    public const string Ddl = """
        create sequence if not exists mt_events_sequence;

        create table if not exists mt_streams (
            id varchar not null,
            type varchar,
            version bigint,
            timestamp timestamptz not null default now(),
            created timestamptz not null default now(),
            tenant_id varchar default '*DEFAULT*',
            is_archived boolean default false,
            constraint pkey_mt_streams_tenant_id_id primary key (tenant_id, id));

        create table if not exists mt_events (
            seq_id bigint not null,
            id uuid not null,
            stream_id varchar,
            version bigint not null,
            data jsonb not null,
            bdata bytea,
            type varchar(500) not null,
            timestamp timestamptz not null,
            tenant_id varchar default '*DEFAULT*',
            mt_dotnet_type varchar,
            correlation_id varchar,
            causation_id varchar,
            headers jsonb,
            user_name varchar,
            is_archived boolean default false,
            hc_place bigint,
            hc_hash bytea,
            hc_log_hash bytea,
            constraint pkey_mt_events_seq_id primary key (seq_id),
            constraint fkey_mt_events_tenant_id_stream_id foreign key (tenant_id, stream_id) references mt_streams (tenant_id, id));

        create unique index if not exists pk_mt_events_stream_and_version on mt_events (tenant_id, stream_id, version);

        create table if not exists mt_event_progression (
            name varchar not null,
            last_seq_id bigint,
            last_updated timestamptz default transaction_timestamp(),
            constraint pk_mt_event_progression primary key (name));

        create unique index if not exists hc_events_place on mt_events (tenant_id, hc_place) where hc_place is not null;

        create index if not exists hc_events_unsealed on mt_events (seq_id) where hc_place is null;

        create table if not exists hc_heads (
            tenant_id varchar primary key,
            place bigint not null,
            sequence bigint not null,
            hash bytea not null,
            at timestamptz not null);

        create table if not exists hc_commands (
            tenant_id varchar not null,
            command_id uuid not null,
            person varchar not null,
            fingerprint bytea not null,
            sequence bigint not null,
            version bigint not null,
            recorded_at timestamptz not null,
            primary key (tenant_id, command_id));

        create table if not exists hc_views (
            name varchar primary key,
            revision integer not null,
            tables varchar[] not null,
            rebuilt_at timestamptz not null default now());

        create table if not exists hc_stopped (
            name varchar primary key,
            sequence bigint not null,
            reason varchar not null,
            since timestamptz not null default now());
        """;

    /// <summary>PostgreSQL's own quoting of an identifier.</summary>
    public static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
