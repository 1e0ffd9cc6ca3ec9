using System.Diagnostics;
using HomeCare.Web.Accounts;

namespace HomeCare.Web;

/// <summary>Where pages hand in commands, as the person who is signed in.</summary>
public sealed class Desk(Care care, CurrentActor current)
{
    /// <summary>Sends a command.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="commandId">Give one and keep it where the same act may be sent twice, as by a second press of a button.</param>
    /// <returns>Never throws for what a person may have got wrong, nor for a database that is away for the moment.</returns>
    public async Task<Outcome> DoAsync<TState>(ICommand<TState> command, Guid? commandId = null) where TState : class, IState<TState>
    {
        if (await current.GetAsync() is not { } by)
        {
            return new Outcome.Refused(RefusalKind.Forbidden, "session.missing");
        }

        var context = new CommandContext(by, commandId ?? Guid.CreateVersion7()) { CorrelationId = Activity.Current?.TraceId.ToString() };
        return await Failures.PersistAsync(() => care.DoAsync(context, command), CancellationToken.None);
    }
}
