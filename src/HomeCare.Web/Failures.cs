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

    /// <summary>Does a command again when a connection broke under it, as after a restart of the database: its id makes that safe.</summary>
    /// <returns>A refusal that asks to try again later when the database stays away.</returns>
    public static async Task<Outcome> PersistAsync(Func<Task<Outcome>> attempt, CancellationToken ct)
    {
        for (var left = 3; ; left--)
        {
            try
            {
                return await attempt();
            }
            catch (Exception e) when (IsOutage(e))
            {
                if (left == 0 || e is StoreUnavailable)
                {
                    return new Outcome.Refused(RefusalKind.Busy, "store.unavailable");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
            }
        }
    }
}
