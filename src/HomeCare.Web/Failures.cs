using HomeCare.EventStore;
using Npgsql;

namespace HomeCare.Web;

/// <summary>Tells a database that is away from a mistake of ours.</summary>
internal static class Failures
{
    /// <summary>Whether the failure is that the database cannot be reached, or is going down or coming up.</summary>
    public static bool IsOutage(Exception e) => e switch
    {
        StoreUnavailable => true,
        PostgresException postgres => postgres.SqlState.StartsWith("57P", StringComparison.Ordinal) || postgres.SqlState.StartsWith("08", StringComparison.Ordinal)
            || postgres.SqlState is PostgresErrorCodes.TooManyConnections,
        NpgsqlException => true,
        _ => e.InnerException is { } inner && IsOutage(inner),
    };
}
