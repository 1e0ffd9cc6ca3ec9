using System.Diagnostics;
using System.Globalization;
using HomeCare.Communities;
using HomeCare.EventStore;
using HomeCare.Organisations;
using HomeCare.People;
using HomeCare.Timeline;
using HomeCare.Web.Accounts;
using Npgsql;
using NpgsqlTypes;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare.Web.Demo;

/// <summary>Makes the demo community once: invented organisations, people and persons cared for, with 90 days of history up to the first start.</summary>
/// <remarks>Everything goes the way of every command. A making that was interrupted goes on where it stopped, with the day it began on; one that is
/// finished is never repeated. Nodes that start together wait for the first.</remarks>
public sealed class DemoCommunity(Store store, Care care, ReadMarks marks, TimeProvider time, ILogger<DemoCommunity> log)
{
    /// <summary>Sign-in names and the people behind them.</summary>
    public static IReadOnlyList<(string User, Guid PersonId)> SignIns { get; } =
        [.. Cast.Players.Where(p => p.SignIn is not null).Select(p => (p.SignIn!, p.Actor.PersonId))];

    /// <summary>Commands on their way at once. More only wait for one another.</summary>
    private const int AtOnce = 16;

    /// <summary>What is newer than this before the first start is unread.</summary>
    private static readonly TimeSpan Unread = TimeSpan.FromHours(20);

    private static readonly long Lock = BitConverter.ToInt64(Ids.Of(Cast.Tenant, "demo", "lock").ToByteArray());

    /// <summary>Makes it, or what is missing of it.</summary>
    /// <param name="finish">What else belongs to it, such as the accounts; done once, before the mark is set. Repeated after an interruption.</param>
    /// <returns>False when it had been made before.</returns>
    /// <exception cref="InvalidOperationException">A command was refused: the demo community does not fit the product's rules.</exception>
    public async Task<bool> MakeAsync(Func<CancellationToken, Task>? finish = null, CancellationToken ct = default)
    {
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        await ExecuteAsync(connection, "select pg_advisory_lock($1)", Lock);
        try
        {
            await ExecuteAsync(connection, "create table if not exists demo_community (tenant_id text primary key, begun_at timestamptz not null, made_at timestamptz)");
            await ExecuteAsync(
                connection, "insert into demo_community (tenant_id, begun_at) values ($1, $2) on conflict do nothing", Cast.Tenant, time.GetUtcNow().ToUniversalTime());
            if (await BegunAsync(connection) is not { } begun)
            {
                return false;
            }

            var started = Stopwatch.GetTimestamp();
            log.LogInformation("Making the demo community as of {Day}; this happens once.", JapanTime.DayOf(begun));
            var written = await WriteAsync(new Days(begun), ct);
            if (finish is not null)
            {
                await finish(ct);
            }

            await ExecuteAsync(connection, "update demo_community set made_at = $2 where tenant_id = $1", Cast.Tenant, time.GetUtcNow().ToUniversalTime());
            log.LogInformation("The demo community is made: {Commands} commands in {Seconds:0.0} s.", written, Stopwatch.GetElapsedTime(started).TotalSeconds);
            return true;
        }
        finally
        {
            await ExecuteAsync(connection, "select pg_advisory_unlock($1)", Lock);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }

    /// <summary>When the making began; null once it is finished.</summary>
    private static async Task<DateTimeOffset?> BegunAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("select begun_at from demo_community where tenant_id = $1 and made_at is null", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Cast.Tenant, NpgsqlDbType = NpgsqlDbType.Text });
        return await command.ExecuteScalarAsync() is DateTime begun ? new DateTimeOffset(begun, TimeSpan.Zero) : null;
    }

    private async Task<int> WriteAsync(Days days, CancellationToken ct)
    {
        await Installation.FoundAsync(store, Cast.Tenant, Cast.CommunityName, days.At(Days.History + 31, 9), ct);
        foreach (var steps in Founding(days))
        {
            await Parallel.ForEachAsync(steps, Parallelism(ct), async (step, stop) => await DoAsync(step, stop));
        }

        var cases = Roster.Tell(days);
        var seen = days.Now - Unread;
        var count = 0;
        var last = 0L;
        var marked = false;
        foreach (var day in cases.SelectMany(c => c.Steps.Select(s => (Case: c, Step: s)))
                     .GroupBy(s => (New: s.Step.At > seen, Day: JapanTime.DayOf(s.Step.At))).OrderBy(g => g.Key.New).ThenBy(g => g.Key.Day))
        {
            if (day.Key.New && !marked)
            {
                marked = true;
                await MarkReadAsync(cases, last, ct);
            }

            // Side by side for different persons, one after the other for the same.
            await Parallel.ForEachAsync(day.GroupBy(s => s.Case), Parallelism(ct), async (steps, stop) =>
            {
                foreach (var (_, step) in steps)
                {
                    var receipt = await DoAsync(step, stop);
                    InterlockedMax(ref last, receipt.Sequence);
                    Interlocked.Increment(ref count);
                }
            });
        }

        return count;
    }

    /// <summary>The organisations, the people, and where they work: each needs what stands before it.</summary>
    private static IEnumerable<IReadOnlyList<Step>> Founding(Days days)
    {
        var at = days.At(Days.History + 30, 9);
        var number = 0;
        Step Step(object command) => new(
            at.AddMinutes(number), Cast.Secretariat, command, Ids.Of(Cast.Tenant, "founding", number++.ToString(CultureInfo.InvariantCulture)));

        yield return [.. Cast.Offices.Select(o => Step(new RegisterOrganisation(o.Id, o.Name, o.Kind, o.Telephone)))];
        yield return
        [
            Step(new DefineNews2Acts(new News2Acts(
                "15分後に全項目を再測定し、同じなら主治医へ電話する。夜間は訪問看護の当番へ。",
                "訪問看護が主治医へ30分以内に電話する。当日中に訪問または往診を決める。",
                "その場で主治医へ電話する。つながらなければ当番医へ。搬送は本人の意思(事前の話し合い)に沿って決め、家族へ連絡する。"))),
        ];
        yield return [.. Cast.Players.Select(p => Step(new RegisterPerson(p.Actor.PersonId, p.Actor.Name, p.Kana, p.Actor.Profession)))];
        yield return [.. Cast.Players.Where(p => p.Actor.OrganisationId is not null).Select(p => Step(new JoinOrganisation(p.Actor.PersonId, p.Actor.OrganisationId!.Value, p.Actor.Profession)))];
        yield return [.. Cast.Offices.Where(o => o.Kind is OrganisationKind.Clinic or OrganisationKind.NursingStation).Select(o => Step(Duties.Of(o)))];
    }

    private async Task<Receipt> DoAsync(Step step, CancellationToken ct)
    {
        var context = new CommandContext(step.By, step.CommandId) { RecordedAt = step.At };
        return await care.Commands.Of(step.Command.GetType()).DoAsync(care, context, step.Command, ct) switch
        {
            Outcome.Done done => done.Receipt,
            Outcome.Refused refused => throw new InvalidOperationException($"{Describe(step)} was refused: {refused.Key}."),
            Outcome.Invalid invalid => throw new InvalidOperationException($"{Describe(step)} is invalid: {string.Join(", ", invalid.Errors.Select(e => $"{e.Field} {e.Key}"))}."),
            _ => throw new InvalidOperationException($"{Describe(step)} came to nothing."),
        };
    }

    private static string Describe(Step step) => $"The demo community's {step.Command.GetType().Name} {step.CommandId} of {step.At:O} by {step.By.Profession}";

    /// <summary>The people who sign in have seen what is older, so that the first screen shows what is new.</summary>
    private async Task MarkReadAsync(IReadOnlyList<Case> cases, long sequence, CancellationToken ct)
    {
        var readers = Cast.Players.Where(p => p.SignIn is not null).Select(p => p.Actor).ToArray();
        var pairs = from c in cases
                    from reader in readers
                    where reader == Cast.Kato || c.Team.Everybody.Any(m => m.OrganisationId == reader.OrganisationId)
                    select (reader, c.PatientId);
        await Parallel.ForEachAsync(pairs, Parallelism(ct), async (pair, stop) => await marks.MoveToAsync(pair.reader, pair.PatientId, sequence, stop));
    }

    private static ParallelOptions Parallelism(CancellationToken ct) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct };

    private static void InterlockedMax(ref long target, long value)
    {
        for (var known = Interlocked.Read(ref target); known < value;)
        {
            var before = Interlocked.CompareExchange(ref target, value, known);
            if (before == known)
            {
                return;
            }

            known = before;
        }
    }
}
