using System.Net;
using System.Net.WebSockets;
using HomeCare.CareTeams;
using HomeCare.People;
using HomeCare.Visits;
using HomeCare.Web.Accounts;
using HomeCare.Web.Live;
using HomeCare.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HomeCare.Web.Tests.Live;

/// <summary>The hub, spoken to as a tablet does.</summary>
public sealed class CareHubTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Nurse = Town.Of(Profession.Nurse);
    private static readonly Actor Physician = Town.Of(Profession.Physician);
    private static readonly Actor Admin = Town.Of(Profession.Administrator);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static RecordVisit Visit(string words, bool teamOnly = false) =>
        new(Guid.CreateVersion7(), Town.Patient, Now.AddMinutes(-40), Now.AddMinutes(-5)) { Note = new VisitNote(words), TeamOnly = teamOnly };

    [Fact]
    public async Task what_was_written_before_and_after_the_watch_comes_once_in_order_and_says_how_far_it_is_complete()
    {
        var before = (await host.MustAsync(Nurse, Visit("前"))).Receipt.Sequence;
        await using var hub = await HubClient.ConnectAsync(host, await host.AsAsync(Physician));
        (await hub.InvokeAsync("Watch", Town.Patient, 0)).ShouldBeNull();
        await hub.UntilAsync(m => m.Any(x => HubClient.Is(x, "CompleteTo", Town.Patient)));
        var after = new List<long>();
        for (var i = 0; i < 20; i++)
        {
            after.Add((await host.MustAsync(Nurse, Visit($"後 {i}"))).Receipt.Sequence);
        }

        await hub.UntilAsync(m => m.Any(x => HubClient.Is(x, "CompleteTo", Town.Patient) && x["arguments"]![1]!.GetValue<long>() >= after[^1]));

        var entries = hub.Entries(Town.Patient);
        entries.ShouldBeInOrder(SortDirection.Ascending);
        entries.ShouldBeUnique();
        entries.ShouldContain(before);
        entries.TakeLast(20).ShouldBe(after);
        var last = hub.Messages.Last(x => HubClient.Is(x, "Entry", Town.Patient))["arguments"]![1]!;
        last["kind"]!.GetValue<string>().ShouldBe("visit-recorded");
        last["author"]!["name"]!.GetValue<string>().ShouldBe(Nurse.Name);
        last["data"]!["note"]!["subjective"]!.GetValue<string>().ShouldBe("後 19");
    }

    [Fact]
    public async Task a_complete_mark_never_runs_ahead_of_the_entries()
    {
        await using var hub = await HubClient.ConnectAsync(host, await host.AsAsync(Physician));
        await hub.InvokeAsync("Watch", Town.Patient, await host.Store.HeadAsync(Ct));
        var writers = Enumerable.Range(0, 8).Select(async w =>
        {
            var mine = new List<long>();
            for (var i = 0; i < 15; i++)
            {
                mine.Add((await host.MustAsync(Nurse, Visit($"{w}-{i}"))).Receipt.Sequence);
            }

            return mine;
        });
        var written = (await Task.WhenAll(writers)).SelectMany(s => s).Order().ToList();
        await hub.UntilAsync(m => m.Any(x => HubClient.Is(x, "CompleteTo", Town.Patient) && x["arguments"]![1]!.GetValue<long>() >= written[^1]));

        hub.Entries(Town.Patient).ShouldBe(written);
        var given = new HashSet<long>();
        foreach (var message in hub.Messages)
        {
            if (HubClient.Is(message, "Entry", Town.Patient))
            {
                given.Add(message["arguments"]![1]!["sequence"]!.GetValue<long>());
            }
            else
            {
                var mark = message["arguments"]![1]!.GetValue<long>();
                written.Where(s => s <= mark && !given.Contains(s)).ShouldBeEmpty($"complete to {mark} was said too early");
            }
        }
    }

    [Fact]
    public async Task a_watch_goes_on_after_the_sequence_that_the_client_knows()
    {
        var known = (await host.MustAsync(Nurse, Visit("知っている"))).Receipt.Sequence;
        var missed = (await host.MustAsync(Nurse, Visit("逃した"))).Receipt.Sequence;
        await using var hub = await HubClient.ConnectAsync(host, await host.AsAsync(Physician));
        await hub.InvokeAsync("Watch", Town.Patient, known);
        await hub.UntilAsync(m => m.Any(x => HubClient.Is(x, "CompleteTo", Town.Patient)));

        hub.Entries(Town.Patient)[0].ShouldBe(missed);
    }

    [Fact]
    public async Task after_unwatch_nothing_more_comes()
    {
        await using var hub = await HubClient.ConnectAsync(host, await host.AsAsync(Physician));
        await hub.InvokeAsync("Watch", Town.Patient, await host.Store.HeadAsync(Ct));
        await hub.UntilAsync(m => m.Any(x => HubClient.Is(x, "CompleteTo", Town.Patient)));
        (await hub.InvokeAsync("Unwatch", Town.Patient)).ShouldBeNull();
        var count = hub.Messages.Count;
        await host.MustAsync(Nurse, Visit("聞こえない"));
        await Task.Delay(500, Ct);

        hub.Messages.Count.ShouldBe(count);
        (await hub.InvokeAsync("Unwatch", Town.Stranger)).ShouldBeNull();
    }

    [Fact]
    public async Task what_is_for_the_team_only_does_not_reach_the_family_live_or_replayed()
    {
        await using var family = await HubClient.ConnectAsync(host, await host.AsAsync(Profession.Family));
        await using var helper = await HubClient.ConnectAsync(host, await host.AsAsync(Profession.Helper));
        var head = await host.Store.HeadAsync(Ct);
        await family.InvokeAsync("Watch", Town.Patient, head);
        await helper.InvokeAsync("Watch", Town.Patient, head);
        var secret = (await host.MustAsync(Nurse, Visit("虐待の疑い", teamOnly: true))).Receipt.Sequence;
        var open = (await host.MustAsync(Nurse, Visit("変わりない"))).Receipt.Sequence;
        await family.UntilAsync(_ => family.Entries(Town.Patient).Contains(open));
        await helper.UntilAsync(_ => helper.Entries(Town.Patient).Contains(open));

        helper.Entries(Town.Patient).ShouldBe([secret, open]);
        family.Entries(Town.Patient).ShouldBe([open]);
        await using var later = await HubClient.ConnectAsync(host, await host.AsAsync(Profession.Family));
        await later.InvokeAsync("Watch", Town.Patient, head);
        await later.UntilAsync(m => m.Any(x => HubClient.Is(x, "CompleteTo", Town.Patient)));
        later.Entries(Town.Patient).ShouldBe([open]);
    }

    [Fact]
    public async Task who_leaves_the_care_team_hears_the_end_within_a_second_and_nothing_more()
    {
        var pharmacist = Town.Of(Profession.Pharmacist);
        await using var hub = await HubClient.ConnectAsync(host, await host.AsAsync(pharmacist));
        await hub.InvokeAsync("Watch", Town.Patient, await host.Store.HeadAsync(Ct));
        await hub.UntilAsync(m => m.Any(x => HubClient.Is(x, "CompleteTo", Town.Patient)));
        var left = (await host.MustAsync(Admin, new LeaveCareTeam(Town.Patient, pharmacist.OrganisationId!.Value, "終了"))).Receipt.Sequence;
        var began = TimeProvider.System.GetTimestamp();
        await host.MustAsync(Nurse, Visit("離れたあと"));
        await hub.UntilAsync(m => m.Any(x => HubClient.Is(x, "WatchEnded", Town.Patient)));
        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(1));
        await Task.Delay(300, Ct);

        hub.Messages[^1]["target"]!.GetValue<string>().ShouldBe("WatchEnded");
        hub.Messages[^1]["arguments"]![1]!.GetValue<string>().ShouldBe("access.ended");
        hub.Entries(Town.Patient).ShouldAllBe(s => s < left);
        (await hub.InvokeAsync("Watch", Town.Patient, 0)).ShouldNotBeNull().ShouldEndWith("patient.unknown");
        await host.MustAsync(Admin, new JoinCareTeam(Town.Patient, OrganisationId: pharmacist.OrganisationId));
        (await hub.InvokeAsync("Watch", Town.Patient, 0)).ShouldBeNull();
    }

    [Fact]
    public async Task who_leaves_the_organisation_or_is_deactivated_hears_the_end()
    {
        var organisation = Nurse.OrganisationId!.Value;
        foreach (var leaves in new[] { true, false })
        {
            var person = Guid.CreateVersion7();
            await host.MustAsync(Admin, new RegisterPerson(person, "新人", null, Profession.Nurse));
            await host.MustAsync(Admin, new JoinOrganisation(person, organisation, Profession.Nurse));
            var user = $"new.{person:N}";
            await using (var scope = host.Services.CreateAsyncScope())
            {
                (await scope.ServiceProvider.GetRequiredService<AccountBook>().CreateAsync(Admin, user, Town.Password, person)).ShouldBeNull();
            }

            using var session = await host.SignInAsync(user);
            await using var hub = await HubClient.ConnectAsync(host, session);
            (await hub.InvokeAsync("Watch", Town.Patient, await host.Store.HeadAsync(Ct))).ShouldBeNull();
            await hub.UntilAsync(m => m.Any(x => HubClient.Is(x, "CompleteTo", Town.Patient)));
            if (leaves)
            {
                await host.MustAsync(Admin, new LeaveOrganisation(person, organisation));
            }
            else
            {
                await host.MustAsync(Admin, new DeactivatePerson(person, "退職"));
            }

            await hub.UntilAsync(m => m.Any(x => HubClient.Is(x, "WatchEnded", Town.Patient)), seconds: 2);
            hub.Messages[^1]["arguments"]![1]!.GetValue<string>().ShouldBe("person.no_longer_member");
        }
    }

    [Fact]
    public async Task a_membership_that_runs_out_ends_the_watch_by_itself()
    {
        var outsider = Town.Of(Profession.Dentist, related: false);
        await host.MustAsync(Admin, new JoinCareTeam(Town.Patient, PersonId: outsider.PersonId, Until: Now.AddSeconds(3)));
        await using var hub = await HubClient.ConnectAsync(host, await host.AsAsync(outsider));
        (await hub.InvokeAsync("Watch", Town.Patient, await host.Store.HeadAsync(Ct))).ShouldBeNull();
        await hub.UntilAsync(m => m.Any(x => HubClient.Is(x, "WatchEnded", Town.Patient)), seconds: 5);

        hub.Messages[^1]["arguments"]![1]!.GetValue<string>().ShouldBe("access.ended");
    }

    [Fact]
    public async Task a_connection_watches_no_more_records_than_it_may_and_gives_its_watches_back_when_it_goes()
    {
        // The connections of the tests before this one end in their own time.
        await NoWatchesAsync();
        var hub = await HubClient.ConnectAsync(host, await host.AsAsync(Physician));
        for (var i = 0; i < 3; i++)
        {
            // The same record again is one watch, begun anew.
            (await hub.InvokeAsync("Watch", Town.Patient, 0)).ShouldBeNull();
        }

        host.Feed.Watches.ShouldBe(1);
        await hub.DisposeAsync();
        await NoWatchesAsync();
        CareHub.MostWatches.ShouldBe(200);
    }

    private async Task NoWatchesAsync()
    {
        for (var i = 0; i < 100 && host.Feed.Watches > 0; i++)
        {
            await Task.Delay(100, Ct);
        }

        host.Feed.Watches.ShouldBe(0);
    }

    [Theory]
    [InlineData("not a uuid", 0)]
    [InlineData(5, 0)]
    [InlineData("00000000-0000-0000-0000-000000000000", "x")]
    public async Task a_call_that_cannot_be_read_is_an_error_and_leaves_the_connection_alive(object patient, object after)
    {
        await using var hub = await HubClient.ConnectAsync(host, await host.AsAsync(Physician));
        (await hub.InvokeAsync("Watch", patient, after)).ShouldNotBeNull();
        (await hub.InvokeAsync("Nothing")).ShouldNotBeNull();
        (await hub.InvokeAsync("Watch", Town.Patient, long.MaxValue)).ShouldBeNull();
        (await hub.InvokeAsync("Watch", Town.Patient, -5)).ShouldBeNull();
        hub.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task nobody_without_a_session_and_no_page_of_another_site_connects()
    {
        (await Should.ThrowAsync<WebSocketException>(() => HubClient.ConnectAsync(host, null))).Message.ShouldContain("401");
        var session = await host.AsAsync(Physician);
        (await Should.ThrowAsync<WebSocketException>(() => HubClient.ConnectAsync(host, session, "https://evil.example"))).Message.ShouldContain("403");
        using var anonymous = host.Anonymous();
        using var negotiate = await anonymous.PostAsync("/hubs/care/negotiate?negotiateVersion=1", null, Ct);
        negotiate.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
