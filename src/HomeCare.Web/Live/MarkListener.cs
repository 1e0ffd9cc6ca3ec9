using System.Text.Json;
using HomeCare.Timeline;
using Npgsql;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Web.Live;

/// <summary>Hears that somebody has seen more of a record, on this node or another, and tells that person's other screens. What may have been missed
/// while it could not hear is made good by reading anew.</summary>
internal sealed class MarkListener(Store store, LiveFeed feed, TimeProvider time, ILogger<MarkListener> log) : BackgroundService
{
    /// <summary>After so long without a word the connection is asked whether it is still there.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var heard = false; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                await using var connection = await store.Database.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, told) => Tell(told.Payload);
                await ExecuteAsync(connection, $"listen {ReadMarks.NotificationChannel}", stoppingToken);
                if (heard)
                {
                    feed.SeenUnheard();
                }

                heard = true;
                while (true)
                {
                    if (!await connection.WaitAsync(Silence, stoppingToken))
                    {
                        await ExecuteAsync(connection, "select 1", stoppingToken);
                    }
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (!Failures.IsOutage(e))
                {
                    log.LogError(e, "What people have seen on other devices is not heard of; it is taken up again");
                }

                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Tell(string payload)
    {
        using var told = JsonDocument.Parse(payload);
        feed.Seen(told.RootElement[0].GetString()!, told.RootElement[1].GetGuid(), told.RootElement[2].GetGuid());
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
