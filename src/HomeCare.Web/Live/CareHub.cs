using System.Collections.Concurrent;
using HomeCare.Web.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace HomeCare.Web.Live;

/// <summary>Live records for tablets and other clients, over SignalR's JSON protocol. See docs for the messages.</summary>
[Authorize]
public sealed class CareHub(LiveFeed feed, IHubContext<CareHub> hub) : Hub
{
    /// <summary>Where it listens.</summary>
    public const string Path = "/hubs/care";

    /// <summary>The most records that one connection may watch at a time.</summary>
    public const int MostWatches = 200;

    private const string WatchesKey = "watches";

    private ConcurrentDictionary<Guid, IAsyncDisposable> Watches => (ConcurrentDictionary<Guid, IAsyncDisposable>)Context.Items[WatchesKey]!;

    /// <inheritdoc/>
    public override Task OnConnectedAsync()
    {
        Context.Items[WatchesKey] = new ConcurrentDictionary<Guid, IAsyncDisposable>();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        foreach (var watch in Watches.Values)
        {
            await watch.DisposeAsync();
        }
    }

    /// <summary>Begins to send a record's entries after a sequence, and each new one. A second call for the same record begins anew.</summary>
    public async Task Watch(Guid patientId, long afterSequence)
    {
        var by = ActorClaims.ActorOf(Context.User!) ?? throw new HubException("session.missing");
        await Unwatch(patientId);
        if (Watches.Count >= MostWatches)
        {
            throw new HubException("live.too_many");
        }

        // The hub instance is gone when an update comes: only what is captured here is used.
        var connection = Context.ConnectionId;
        var watches = Watches;
        var over = false;
        try
        {
            var watch = watches[patientId] = await feed.WatchPatientAsync(by, patientId, afterSequence, SendAsync, Context.ConnectionAborted);
            if (Volatile.Read(ref over) || Context.ConnectionAborted.IsCancellationRequested)
            {
                watches.TryRemove(patientId, out _);
                await watch.DisposeAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The connection went away while it asked.
        }
        catch (RefusedException refused)
        {
            throw new HubException(refused.Key, refused);
        }
        catch (Exception e) when (Failures.IsOutage(e))
        {
            throw new HubException("store.unavailable", e);
        }

        Task SendAsync(LiveUpdate update)
        {
            var client = hub.Clients.Client(connection);
            switch (update)
            {
                case LiveUpdate.Entry entry:
                    return client.SendAsync("Entry", patientId, entry.Value);
                case LiveUpdate.CompleteTo complete:
                    return client.SendAsync("CompleteTo", patientId, complete.Sequence);
                case LiveUpdate.Ended ended:
                    Volatile.Write(ref over, true);
                    watches.TryRemove(patientId, out _);
                    return client.SendAsync("WatchEnded", patientId, ended.ReasonKey);
                default:
                    return Task.CompletedTask;
            }
        }
    }

    /// <summary>Sends nothing more of a record.</summary>
    public async Task Unwatch(Guid patientId)
    {
        if (Watches.TryRemove(patientId, out var watch))
        {
            await watch.DisposeAsync();
        }
    }
}
