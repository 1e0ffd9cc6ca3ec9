using System.Globalization;
using HomeCare.Delivery;
using Npgsql;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Web.Delivery;

/// <summary>A way by which people are told.</summary>
internal interface IDeliveryChannel
{
    /// <summary>Which.</summary>
    DeliveryChannel Channel { get; }

    /// <summary>Whether the operator has set it up for the community.</summary>
    bool Serves(string tenantId);

    /// <summary>Tries once. An error holds no address, no secret and nothing of a record.</summary>
    Task<(Attempt Attempt, string? Error)> SendAsync(Dispatch delivery, CancellationToken ct);
}

/// <summary>Fills the outbox from the log and empties it, on the node whose turn it is: whoever holds the lock. When that node dies, another takes over.</summary>
internal sealed class DeliveryService(Store store, Outbox outbox, Access access, IEnumerable<IDeliveryChannel> channels, DeliveryOptions options, TimeProvider time, ILogger<DeliveryService> log) : BackgroundService
{
    private const long Turn = 0x4863_4F75_7462_6F78; // "HcOutbox"
    private const int AtOnce = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyDictionary<DeliveryChannel, IDeliveryChannel> byChannel = channels.ToDictionary(c => c.Channel);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await store.Database.OpenConnectionAsync(stoppingToken);
                // The lock is the session's, and the session ends soon after its node.
                await ScalarAsync(connection, "set tcp_keepalives_idle = 2; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 3; set idle_session_timeout = '2min'", stoppingToken);
                if (await ScalarAsync(connection, string.Create(CultureInfo.InvariantCulture, $"select pg_try_advisory_lock({Turn})"), stoppingToken) is true)
                {
                    try
                    {
                        while (true)
                        {
                            await RoundAsync(connection, stoppingToken);
                            await Task.Delay(Pause, time, stoppingToken);
                        }
                    }
                    finally
                    {
                        if (connection.FullState == System.Data.ConnectionState.Open)
                        {
                            await ScalarAsync(connection, string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_unlock({Turn}); reset all"), CancellationToken.None);
                        }
                    }
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (Failures.IsOutage(e))
            {
                // It goes on when the database is back.
            }
            catch (Exception e)
            {
                log.LogError(e, "Telling people outside the page broke off; it is taken up again");
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes what is new in the log and sends what is due, once.</summary>
    internal async Task RoundAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        while (await outbox.FollowAsync(connection, ct))
        {
            // On to the end of the log.
        }

        while (await outbox.DueAsync(connection, AtOnce, ct) is { Count: > 0 } due)
        {
            foreach (var delivery in due)
            {
                var (attempt, error) = await TryAsync(delivery, ct);
                if (await outbox.NoteAsync(connection, delivery, attempt, error, ct) == DeliveryState.Dead)
                {
                    log.LogWarning("Delivery {Delivery} by {Channel} was given up after {Attempts} attempts: {Error}", delivery.DeliveryId, delivery.Channel, delivery.Attempts + 1, error);
                }
            }
        }
    }

    private async Task<(Attempt, string?)> TryAsync(Dispatch delivery, CancellationToken ct)
    {
        if (options.PublicUrl is null || !byChannel.TryGetValue(delivery.Channel, out var channel) || !channel.Serves(delivery.TenantId))
        {
            return (Attempt.Later, "this way is not set up");
        }

        // Whoever has left the team meanwhile is told nothing.
        if (delivery is { Kind: DeliveryKind.Notice, PatientId: { } patient } && !await access.IsReachableAsync(delivery.TenantId, delivery.PersonId, patient, ct))
        {
            return (Attempt.Unwanted, null);
        }

        try
        {
            return await channel.SendAsync(delivery, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException && !Failures.IsOutage(e))
        {
            log.LogError("Delivery {Delivery} by {Channel} failed: {Kind}", delivery.DeliveryId, delivery.Channel, e.GetType().Name);
            return (Attempt.Later, e.GetType().Name);
        }
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }
}
