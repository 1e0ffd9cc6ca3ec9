using System.Collections.Concurrent;
using HomeCare.CareTeams;
using HomeCare.Patients;
using HomeCare.Timeline;
using HomeCare.Visits;
using HomeCare.Web.Live;
using HomeCare.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HomeCare.Web.Tests.Live;

/// <summary>The feed of open pages, on a real database.</summary>
public sealed class LiveFeedTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Nurse = Town.Of(Profession.Nurse);
    private static readonly Actor Admin = Town.Of(Profession.Administrator);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static RecordVisit Visit(Guid patient, string words, bool teamOnly = false)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new(Guid.CreateVersion7(), patient, now.AddMinutes(-40), now.AddMinutes(-5)) { Note = new VisitNote(words), TeamOnly = teamOnly };
    }

    [Fact]
    public async Task a_watcher_too_slow_for_the_feed_is_brought_up_to_date_from_the_log_without_a_hole()
    {
        var seen = new Updates();
        var gate = new SemaphoreSlim(0);
        await using var watch = await host.Feed.WatchPatientAsync(Nurse, Town.Patient, await host.Store.HeadAsync(Ct), async update =>
        {
            if (update is LiveUpdate.Entry)
            {
                await gate.WaitAsync(Ct);
            }

            await seen.TakeAsync(update);
        }, Ct);
        var written = new List<long>();
        for (var i = 0; i < 300; i++)
        {
            written.Add((await host.MustAsync(Nurse, Visit(Town.Patient, $"{i}"))).Receipt.Sequence);
        }

        gate.Release(1000);
        await seen.UntilAsync(() => seen.Entries.Count >= 300);

        seen.Entries.ShouldBe(written);
    }

    [Fact]
    public async Task the_callback_is_called_one_update_at_a_time()
    {
        var running = 0;
        var most = 0;
        var seen = new Updates();
        await using var watch = await host.Feed.WatchPatientAsync(Nurse, Town.Patient, await host.Store.HeadAsync(Ct), async update =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            await seen.TakeAsync(update);
            Interlocked.Decrement(ref running);
        }, Ct);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => host.MustAsync(Nurse, Visit(Town.Patient, $"{i}"))));
        await seen.UntilAsync(() => seen.Entries.Count >= 40);

        most.ShouldBe(1);
    }

    [Fact]
    public async Task a_broken_connection_of_the_tail_delays_entries_and_loses_none()
    {
        var client = await host.AsAsync(Nurse);
        var seen = new Updates();
        await using var watch = await host.Feed.WatchPatientAsync(Nurse, Town.Patient, await host.Store.HeadAsync(Ct), seen.TakeAsync, Ct);
        var written = new List<long>();
        for (var i = 0; i < 6; i++)
        {
            await CutAsync();
            using var response = await client.CommandAsync("record-visit", Visit(Town.Patient, $"{i}"));
            response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
            written.Add((await response.JsonAsync())["sequence"]!.GetValue<long>());
        }

        await seen.UntilAsync(() => seen.Entries.Count >= 6);
        seen.Entries.ShouldBe(written);
    }

    [Fact]
    public async Task a_mark_moves_on_while_nothing_is_written_and_tells_when_it_was_known()
    {
        var seen = new Updates();
        await using var watch = await host.Feed.WatchPatientAsync(Nurse, Town.Patient, await host.Store.HeadAsync(Ct), seen.TakeAsync, Ct);
        await seen.UntilAsync(() => seen.Marks.Count >= 3, seconds: 12);

        seen.Marks.Select(m => m.At).ShouldBeInOrder(SortDirection.Ascending);
        (seen.Marks[^1].At - seen.Marks[0].At).ShouldBeGreaterThan(TimeSpan.FromSeconds(2));
        (TimeProvider.System.GetUtcNow() - seen.Marks[^1].At).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task one_who_may_not_see_the_record_is_refused_with_a_key()
    {
        var stranger = Town.Of(Profession.Nurse, related: false);
        (await Should.ThrowAsync<RefusedException>(() => host.Feed.WatchPatientAsync(stranger, Town.Patient, 0, _ => Task.CompletedTask, Ct))).Key.ShouldBe("patient.unknown");
        (await Should.ThrowAsync<RefusedException>(() => host.Feed.WatchPatientAsync(Nurse with { TenantId = Town.OtherTenant }, Town.Patient, 0, _ => Task.CompletedTask, Ct)))
            .Key.ShouldBe("patient.unknown");
    }

    [Fact]
    public async Task a_watch_whose_screen_fails_ends_alone()
    {
        var seen = new Updates();
        var failing = new Updates();
        var head = await host.Store.HeadAsync(Ct);
        await using var good = await host.Feed.WatchPatientAsync(Nurse, Town.Patient, head, seen.TakeAsync, Ct);
        await using var bad = await host.Feed.WatchPatientAsync(Nurse, Town.Patient, head, update =>
            update is LiveUpdate.Entry ? throw new InvalidOperationException("The screen is gone.") : failing.TakeAsync(update), Ct);
        await host.MustAsync(Nurse, Visit(Town.Patient, "一"));
        await host.MustAsync(Nurse, Visit(Town.Patient, "二"));
        await seen.UntilAsync(() => seen.Entries.Count >= 2);
        await failing.UntilAsync(() => failing.End is not null);

        failing.End.ShouldBe("live.failed");
    }

    [Fact]
    public async Task after_dispose_nothing_more_is_called()
    {
        var seen = new Updates();
        var watch = await host.Feed.WatchPatientAsync(Nurse, Town.Patient, await host.Store.HeadAsync(Ct), seen.TakeAsync, Ct);
        await seen.UntilAsync(() => seen.Marks.Count >= 1);
        await watch.DisposeAsync();
        await host.MustAsync(Nurse, Visit(Town.Patient, "あと"));
        await Task.Delay(400, Ct);

        seen.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task lists_hear_which_of_their_records_changed_and_of_no_others()
    {
        var mine = new Changes();
        var strangers = new Changes();
        var elsewhere = new Changes();
        await using var a = host.Feed.WatchRecords(Nurse, mine.TakeAsync);
        await using var b = host.Feed.WatchRecords(Town.Of(Profession.Nurse, related: false), strangers.TakeAsync);
        await using var c = host.Feed.WatchRecords(Town.OtherNurse, elsewhere.TakeAsync);
        await Task.Delay(300, Ct);
        for (var i = 0; i < 30; i++)
        {
            await host.MustAsync(Nurse, Visit(Town.Patient, $"{i}"));
        }

        await mine.UntilAsync(() => mine.All.Contains(Town.Patient));
        await Task.Delay(600, Ct);
        mine.Calls.ShouldBeLessThan(30, "changes come together");
        mine.All.ShouldBe([Town.Patient]);
        strangers.Calls.ShouldBe(0);
        elsewhere.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task lists_of_the_family_do_not_stir_for_what_is_for_the_team_only()
    {
        var family = new Changes();
        await using var watch = host.Feed.WatchRecords(Town.Of(Profession.Family), family.TakeAsync);
        // What was written before may still be on its way.
        await Task.Delay(1500, Ct);
        var before = family.Calls;
        await host.MustAsync(Nurse, Visit(Town.Patient, "内部", teamOnly: true));
        await Task.Delay(700, Ct);
        family.Calls.ShouldBe(before);
        await host.MustAsync(Nurse, Visit(Town.Patient, "公開"));
        await family.UntilAsync(() => family.Calls == before + 1);
    }

    [Fact]
    public async Task what_a_person_has_seen_on_one_screen_stirs_their_other_lists_that_count_it_and_nobody_elses()
    {
        var (mine, plain, others) = (new Changes(), new Changes(), new Changes());
        var physician = Town.Of(Profession.Physician);
        var first = (await host.MustAsync(physician, Visit(Town.Patient, "一"))).Receipt.Sequence;
        var second = (await host.MustAsync(physician, Visit(Town.Patient, "二"))).Receipt.Sequence;
        await using var a = host.Feed.WatchRecords(Nurse, mine.TakeAsync, marks: true);
        await using var b = host.Feed.WatchRecords(Nurse, plain.TakeAsync);
        await using var c = host.Feed.WatchRecords(physician, others.TakeAsync, marks: true);
        // What was written before may still be on its way.
        await Task.Delay(1500, Ct);
        Clear();
        // As another node moves it, which knows nothing of this one's screens.
        var elsewhere = new ReadMarks(host.Store, host.Services.GetRequiredService<Access>(), TimeProvider.System);
        (await elsewhere.MoveToAsync(Nurse, Town.Patient, first, Ct)).ShouldBeTrue();
        await mine.UntilAsync(() => mine.All.Contains(Town.Patient));
        await Task.Delay(700, Ct);
        plain.All.ShouldBeEmpty();
        others.All.ShouldNotContain(Town.Patient);
        Clear();
        await elsewhere.MoveToAsync(Nurse, Town.Patient, first - 1, Ct);
        await Task.Delay(700, Ct);
        mine.All.ShouldNotContain(Town.Patient, "a mark that did not move tells nobody");

        // What may have been missed while nothing was heard is read anew, and then it is heard again.
        Clear();
        await CutAsync();
        host.Store.Database.Clear();
        await mine.UntilAsync(() => mine.All.Contains(Guid.Empty));
        (await elsewhere.MoveToAsync(Nurse, Town.Patient, second, Ct)).ShouldBeTrue();
        await mine.UntilAsync(() => mine.All.Contains(Town.Patient));

        void Clear()
        {
            foreach (var changes in new[] { mine, plain, others })
            {
                changes.Clear();
            }
        }
    }

    [Fact]
    public async Task a_list_is_told_to_read_all_anew_when_its_watcher_joins_or_leaves_a_team()
    {
        var newcomer = Town.Of(Profession.SpeechTherapist, related: false);
        var changes = new Changes();
        await using var watch = host.Feed.WatchRecords(newcomer, changes.TakeAsync);
        await Task.Delay(300, Ct);
        await host.MustAsync(Admin, new JoinCareTeam(Town.Stranger, PersonId: newcomer.PersonId));
        await changes.UntilAsync(() => changes.All.Contains(Guid.Empty));
        changes.Clear();
        await host.MustAsync(newcomer, Visit(Town.Stranger, "初回"));
        await changes.UntilAsync(() => changes.All.Contains(Town.Stranger));
        changes.Clear();
        await host.MustAsync(Admin, new LeaveCareTeam(Town.Stranger, newcomer.PersonId, null));
        await changes.UntilAsync(() => changes.All.Contains(Guid.Empty));
        changes.All.ShouldNotContain(Town.Stranger);
    }

    [Fact]
    public async Task many_watchers_of_many_records_each_get_their_own_and_all_of_it()
    {
        var patients = Enumerable.Range(0, 12).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var patient in patients)
        {
            await host.MustAsync(Admin, new RegisterPatient(patient, new("多田", "一", null, null, null, Sex.Male)));
            await host.MustAsync(Admin, new JoinCareTeam(patient, OrganisationId: Nurse.OrganisationId));
        }

        var watchers = new List<(Guid Patient, Updates Seen, IAsyncDisposable Watch)>();
        var head = await host.Store.HeadAsync(Ct);
        var written = new ConcurrentDictionary<Guid, List<long>>();
        var writing = Task.WhenAll(patients.Select(async patient =>
        {
            var mine = written[patient] = [];
            for (var i = 0; i < 12; i++)
            {
                mine.Add((await host.MustAsync(Nurse, Visit(patient, $"{i}"))).Receipt.Sequence);
            }
        }));
        foreach (var patient in patients.SelectMany(p => Enumerable.Repeat(p, 5)))
        {
            // Each begins in the middle of the writing.
            var seen = new Updates();
            watchers.Add((patient, seen, await host.Feed.WatchPatientAsync(Nurse, patient, head, seen.TakeAsync, Ct)));
        }

        await writing;
        foreach (var (patient, seen, watch) in watchers)
        {
            await seen.UntilAsync(() => seen.Entries.Count >= 12);
            seen.Entries.ShouldBe(written[patient]);
            await watch.DisposeAsync();
        }
    }

    /// <summary>Ends every connection to the database but this one, as a restart of a pooler does.</summary>
    private async Task CutAsync()
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query not like 'insert%'", connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private sealed class Changes : Waiting
    {
        private readonly HashSet<Guid> all = [];

        public int Calls { get; private set; }

        public IReadOnlyCollection<Guid> All
        {
            get
            {
                lock (all)
                {
                    return [.. all];
                }
            }
        }

        public void Clear()
        {
            lock (all)
            {
                all.Clear();
            }
        }

        public Task TakeAsync(IReadOnlySet<Guid> changed)
        {
            lock (all)
            {
                Calls++;
                all.UnionWith(changed);
            }

            return Task.CompletedTask;
        }
    }

    private sealed class Updates : Waiting
    {
        private readonly List<LiveUpdate> updates = [];

        public IReadOnlyList<long> Entries => [.. All.OfType<LiveUpdate.Entry>().Select(e => e.Value.Sequence)];

        public IReadOnlyList<LiveUpdate.CompleteTo> Marks => [.. All.OfType<LiveUpdate.CompleteTo>()];

        public string? End => All.OfType<LiveUpdate.Ended>().SingleOrDefault()?.ReasonKey;

        private List<LiveUpdate> All
        {
            get
            {
                lock (updates)
                {
                    return [.. updates];
                }
            }
        }

        public Task TakeAsync(LiveUpdate update)
        {
            lock (updates)
            {
                updates.Add(update);
            }

            return Task.CompletedTask;
        }
    }

    private abstract class Waiting
    {
        public async Task UntilAsync(Func<bool> condition, int seconds = 20)
        {
            var began = TimeProvider.System.GetTimestamp();
            while (!condition())
            {
                TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(seconds));
                await Task.Delay(20, Ct);
            }
        }
    }
}
