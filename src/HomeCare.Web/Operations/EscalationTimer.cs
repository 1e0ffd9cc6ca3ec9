using HomeCare.Instructions;

namespace HomeCare.Web.Operations;

/// <summary>Goes round the open instructions and asks the cover where due times have passed. Every node tries; one goes round at a time.</summary>
internal sealed class EscalationTimer(Escalations escalations, IConfiguration settings, TimeProvider time, ILogger<EscalationTimer> log) : BackgroundService
{
    /// <summary>Between two rounds: well within the shortest time that a community can settle, one minute.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    /// <summary>Whether this node goes round at all: <c>HOMECARE_TIMERS=0</c> leaves it to the others.</summary>
    internal static bool IsOn(IConfiguration settings) => settings["HOMECARE_TIMERS"] != "0";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsOn(settings))
        {
            return;
        }

        using var timer = new PeriodicTimer(Every, time);
        try
        {
            // The first round is at once: what fell due while nothing ran is caught up.
            do
            {
                try
                {
                    if (await escalations.RoundAsync(stoppingToken) is > 0 and { } asked)
                    {
                        log.LogInformation("The cover was asked for {Count} instructions whose due time had passed.", asked);
                    }
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    log.LogWarning(e, "A round over the open instructions broke off; the next begins in {Seconds} s.", Every.TotalSeconds);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }
}
