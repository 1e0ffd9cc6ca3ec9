using HomeCare.Communities;
using HomeCare.Conversations;
using HomeCare.Handovers;
using HomeCare.Instructions;
using HomeCare.NursingOrders;
using HomeCare.Patients;
using HomeCare.Timeline;
using HomeCare.VitalSigns;
using HomeCare.Visits;
using HomeCare.Watching;
using HomeCare.Web.Accounts;
using HomeCare.Web.Live;
using HomeCare.Web.Shell;
using HomeCare.Web.Watching;
using HomeCare.Web.Words;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace HomeCare.Web.Timeline;

/// <summary>One person's timeline, live.</summary>
public sealed partial class PatientPage(
    CurrentActor current, PatientReader patients, TimelineReader timeline, InstructionReader instructions, ReadingsReader readings, VisitReader visits,
    NursingOrderReader orders, ConversationReader conversations, HandoverReader handovers, WatchReader watching, CommunityReader community, ReadMarks marks, LiveFeed feed, TimeProvider clock, NavigationManager navigation, IJSRuntime js, PersistentComponentState state)
{
    /// <summary>Entries of the first drawing; more come as they are scrolled to.</summary>
    private const int FirstPage = 30;

    private const int NextPage = 50;

    /// <summary>The shortest time between two moves of the read mark.</summary>
    private static readonly TimeSpan MarkPause = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan TrendDays = TimeSpan.FromDays(30);

    private readonly CarriedState carried = new(state);
    private readonly TimelineWindow window = new();
    private readonly Dictionary<Guid, InstructionCard> cards = [];
    private readonly HashSet<long> fresh = [];
    private readonly CancellationTokenSource gone = new();
    private IReadOnlyList<EntryView> views = [];
    private TimelineFilters filter = new("all", "all");
    private PatientModel? model;
    private Actor? by;
    private Guid shown;
    private long seenUpTo;
    private long known;
    private long? markedAt;
    private (Guid Person, long Sequence)? unmarked;
    private int newAbove;
    private bool missing;
    private bool reading;
    private bool atTop = true;
    private bool visible = true;
    private bool started;
    private string? ended;
    private string? announcement;
    private TimelineEntry? correcting;
    private CompleteMark? complete;
    private ElementReference root;
    private IAsyncDisposable? watch;
    private AlertsWatch? alerts;
    private IJSObjectReference? script;
    private DotNetObjectReference<PatientPage>? self;

    /// <summary>Whose timeline.</summary>
    [Parameter] public Guid Id { get; set; }

    /// <summary>Kind of entry.</summary>
    [SupplyParameterFromQuery(Name = "show")] public string? ShowKind { get; set; }

    /// <summary>Whose entries.</summary>
    [SupplyParameterFromQuery] public string? By { get; set; }

    /// <summary>Where a card holds the answer that is asked for, the head's buttons are plain.</summary>
    private bool AnswerOnCard => views.Take(5).Any(v => v.Card is { } card && card.AwaitsMe(by!));

    private int Unread => views.Count(v => v.Unread);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var asked = TimelineFilters.Of(ShowKind, By);
        if (shown == Id && asked == filter && model is not null)
        {
            return;
        }

        var samePerson = shown == Id && model is not null;
        (filter, shown) = (asked, Id);
        by ??= await current.RequireAsync();
        if (samePerson)
        {
            await ToNewestAsync();
            return;
        }

        await StopAsync();
        (model, ended, missing, newAbove) = (null, null, false, 0);
        var read = await carried.TakeAsync($"patient-{Id}{asked.Query}", () => ReadAsync(by));
        if (read is null)
        {
            missing = true;
            navigation.NotFound();
            return;
        }

        (model, seenUpTo, known) = (read, read.SeenUpTo, read.Page.CompleteTo);
        cards.Clear();
        Remember(read.Open);
        Remember(read.Cards);
        window.Show(read.Page);
        Redraw();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (model is null || ended is not null || started || gone.IsCancellationRequested)
        {
            return;
        }

        started = true;
        self ??= DotNetObjectReference.Create(this);
        var module = await js.InvokeAsync<IJSObjectReference>("import", "/js/timeline.js");
        script = await module.InvokeAsync<IJSObjectReference>("start", root, self);
        await module.DisposeAsync();
        await WatchAsync();
    }

    private async Task<PatientModel?> ReadAsync(Actor reader)
    {
        var now = clock.GetUtcNow();
        if (await patients.SummaryAsync(reader, Id, gone.Token) is not { } summary
            || await timeline.PageAsync(reader, Id, filter.Filter, limit: FirstPage, ct: gone.Token) is not { } page)
        {
            return null;
        }

        var open = await instructions.OfPatientAsync(reader, Id, closedToo: false, gone.Token) ?? [];
        var others = await CardsAsync(reader, page.Entries, open);
        return new PatientModel(
            summary, page, await marks.OfAsync(reader, Id, gone.Token), now, open, others,
            await TrendsAsync(reader, summary), await visits.PlannedAsync(reader, Id, gone.Token) ?? [],
            await ScoresAsync(reader), await community.News2ActsAsync(reader, gone.Token))
        {
            Orders = await OrdersAsync(reader),
            Alerts = await watching.OfPatientAsync(reader, Id, gone.Token),
            Coverage = await orders.CoverageAsync(reader, Id, gone.Token),
            Talks = await conversations.WaitingAboutAsync(reader, Id, gone.Token),
            Handovers = await handovers.WaitingAboutAsync(reader, Id, gone.Token),
        };
    }

    /// <summary>What the notice beside the timeline needs: not what the orders say.</summary>
    private async Task<IReadOnlyList<NursingOrderCard>?> OrdersAsync(Actor reader) => await orders.OfPatientAsync(reader, Id, gone.Token) is { } all
        ? [.. all.Where(o => o.Stands && o.LastDay >= orders.Today.AddDays(-OrderWarnings.SpokenOfFor)).Select(o => o with { Content = new NursingOrderContent(o.Content.StationId, o.Content.From, o.Content.Until) })]
        : null;

    private async Task<IReadOnlyList<ScoredSet>> ScoresAsync(Actor reader)
    {
        var now = clock.GetUtcNow();
        return await readings.News2Async(reader, Id, now - TrendDays, now.AddMinutes(5), gone.Token) ?? [];
    }

    private async Task<IReadOnlyList<Trend>> TrendsAsync(Actor reader, PatientSummary summary)
    {
        var now = clock.GetUtcNow();
        return Trend.Of(await readings.SeriesAsync(reader, Id, now - TrendDays, now.AddMinutes(5), gone.Token) ?? [], summary.Ranges, JapanTime.DayOf(now));
    }

    /// <summary>The instructions that entries issue, as they stand, besides those that are known.</summary>
    private async Task<IReadOnlyList<InstructionCard>> CardsAsync(Actor reader, IEnumerable<TimelineEntry> entries, IReadOnlyList<InstructionCard> knownCards)
    {
        var wanted = entries.Where(e => e.Data is InstructionIssued).Select(e => e.SubjectId!.Value).Except(knownCards.Select(c => c.InstructionId)).ToList();
        return wanted.Count == 0 ? [] : await instructions.SomeAsync(reader, Id, wanted, gone.Token) ?? [];
    }

    private void Remember(IEnumerable<InstructionCard> some)
    {
        foreach (var card in some)
        {
            // The same words again leave the card as it is, so that it need not be drawn again.
            if (!cards.TryGetValue(card.InstructionId, out var held) || !Json.Same(held, card))
            {
                cards[card.InstructionId] = card;
            }
        }
    }

    private void Redraw() => views = EntryView.Of(
        window.Entries, by!, seenUpTo, fresh, cards, author => Call.About(author, by!, model!.Summary.Team), views, model?.Coverage);

    private async Task WatchAsync()
    {
        var person = Id;
        if (model?.Alerts is { } pointedOut)
        {
            alerts = new AlertsWatch(watching, by!, person, clock, watched => InvokeAsync(() => ShowAlerts(person, watched)));
            alerts.Start(pointedOut.ChangesAt);
        }

        try
        {
            watch = await feed.WatchPatientAsync(by!, person, known, update => InvokeAsync(() => person == Id ? HearAsync(update) : Task.CompletedTask), gone.Token);
        }
        catch (RefusedException refused)
        {
            End(refused.Key);
        }
    }

    private void ShowAlerts(Guid person, Watched watched)
    {
        if (person == Id && model is not null)
        {
            model = model with { Alerts = watched };
            StateHasChanged();
        }
    }

    private async Task AnsweredAsync()
    {
        if (await watching.OfPatientAsync(by!, Id, gone.Token) is { } watched)
        {
            ShowAlerts(Id, watched);
        }
    }

    private async Task HearAsync(LiveUpdate update)
    {
        switch (update)
        {
            case LiveUpdate.CompleteTo mark:
                known = Math.Max(known, mark.Sequence);
                complete?.MoveTo(mark.At);
                break;
            case LiveUpdate.Ended over:
                End(over.ReasonKey);
                break;
            case LiveUpdate.Entry { Value: var entry }:
                await TakeAsync(entry);
                break;
        }
    }

    private async Task TakeAsync(TimelineEntry entry)
    {
        known = Math.Max(known, entry.Sequence);
        window.MarkCorrected(entry);
        var mine = entry.Author.PersonId == by!.PersonId;
        if (filter.Filter.Shows(entry))
        {
            fresh.Add(entry.Sequence);
            window.Arrive(entry);
            if (!mine)
            {
                newAbove += atTop ? 0 : 1;
                announcement = W["announce.entry", entry.Author.Name, C.Kind(entry.Kind)];
            }
        }

        alerts?.Wake();

        // Drawn first, so that it is seen at once; what stands around it follows.
        var told = Join(entry);
        Redraw();
        StateHasChanged();
        if (entry.Groups != told)
        {
            await RefreshAsync(entry, entry.Groups & ~told);
        }

        await SeenAsync();
    }

    /// <summary>Adds to what stands beside the timeline what the entry itself says of it.</summary>
    /// <returns>What need not be read anew.</returns>
    private EntryGroups Join(TimelineEntry entry)
    {
        var (source, vitals, alerts, score) = entry.Data switch
        {
            VitalsRecorded r => (r.MeasurementId, r.Vitals, r.Alerts, r.News2),
            VisitRecorded { Vitals: { } measured } r => (r.VisitId, measured, r.Alerts, r.News2),
            _ => default((Guid, Vitals?, IReadOnlyList<VitalAlert>, News2?)),
        };
        var now = clock.GetUtcNow();
        if (model is null || vitals is null || vitals.MeasuredAt < now - TrendDays || vitals.MeasuredAt > now.AddMinutes(5)
            || Trend.With(model.Trends, vitals, alerts) is not { } trends)
        {
            return EntryGroups.None;
        }

        model = model with
        {
            Trends = trends,
            Scores = score is null ? model.Scores
                : [.. model.Scores.Append(new(source, vitals.MeasuredAt, score, entry.Sequence)).OrderBy(s => s.MeasuredAt).ThenBy(s => s.Sequence)],
        };
        return EntryGroups.Vitals;
    }

    /// <summary>Moves the read mark to what stands on the page while it is looked at: at once, then at most once in a while.</summary>
    private async Task SeenAsync()
    {
        if (!visible || !atTop || !filter.IsEverything)
        {
            return;
        }

        var waits = unmarked is not null;
        unmarked = (Id, known);
        if (waits)
        {
            return;
        }

        if (markedAt is { } last && clock.GetElapsedTime(last) is var since && since < MarkPause)
        {
            _ = MarkLaterAsync(MarkPause - since);
        }
        else
        {
            await MarkAsync(gone.Token);
        }
    }

    private async Task MarkLaterAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, clock, gone.Token);
            await MarkAsync(gone.Token);
        }
        catch (OperationCanceledException)
        {
            // The page is gone; leaving it moved the mark.
        }
        catch (Exception e) when (Failures.IsOutage(e))
        {
            // The next entry moves it further.
        }
    }

    private async Task MarkAsync(CancellationToken ct)
    {
        if (unmarked is not var (person, sequence))
        {
            return;
        }

        unmarked = null;
        markedAt = clock.GetTimestamp();
        await marks.MoveToAsync(by!, person, sequence, ct);
    }

    /// <summary>Reads anew what an entry has changed beside the timeline.</summary>
    private async Task RefreshAsync(TimelineEntry entry, EntryGroups changed)
    {
        if (model is null || by is null)
        {
            return;
        }

        if ((changed & (EntryGroups.Instructions | EntryGroups.Steps)) != EntryGroups.None)
        {
            await RefreshInstructionsAsync();
            if (entry.SubjectId is { } subject && await instructions.SomeAsync(by, Id, [subject], gone.Token) is { } some)
            {
                Remember(some);
            }
        }

        if (entry.TeamOnly && entry.Data is PostWritten or ConversationRead or InstructionIssued or InstructionCompleted or InstructionClosed or InstructionEscalated)
        {
            model = model with { Talks = await conversations.WaitingAboutAsync(by, Id, gone.Token) };
        }

        if (entry.Data is HandoverSent or HandoverAcknowledged or HandoverWithdrawn)
        {
            model = model with { Handovers = await handovers.WaitingAboutAsync(by, Id, gone.Token) };
        }

        if (entry.Data is INursingOrderEvent)
        {
            model = model with { Orders = await OrdersAsync(by), Coverage = await orders.CoverageAsync(by, Id, gone.Token) };
        }

        if ((changed & EntryGroups.Vitals) != EntryGroups.None)
        {
            model = model with { Trends = await TrendsAsync(by, model.Summary), Scores = await ScoresAsync(by) };
        }

        if ((changed & EntryGroups.Visits) != EntryGroups.None)
        {
            model = model with { Planned = await visits.PlannedAsync(by, Id, gone.Token) ?? [] };
        }

        if ((changed & (EntryGroups.Record | EntryGroups.Medicines | EntryGroups.Team)) != EntryGroups.None && await patients.SummaryAsync(by, Id, gone.Token) is { } summary)
        {
            model = model with { Summary = summary };
        }

        Redraw();
        StateHasChanged();
    }

    private async Task RefreshInstructionsAsync()
    {
        if (model is not null && await instructions.OfPatientAsync(by!, Id, closedToo: false, gone.Token) is { } open)
        {
            var over = model.Open.Select(c => c.InstructionId).Except(open.Select(c => c.InstructionId)).ToList();
            if (over.Count > 0 && await instructions.SomeAsync(by!, Id, over, gone.Token) is { } closed)
            {
                Remember(closed);
            }

            Remember(open);
            model = model with { Open = open };
            Redraw();
        }
    }

    private void End(string reasonKey)
    {
        window.Empty();
        cards.Clear();
        (views, model, correcting, ended) = ([], null, null, reasonKey);
        StateHasChanged();
    }

    /// <summary>Towards the past; also called when the end comes near on the screen.</summary>
    private async Task OlderAsync()
    {
        if (!reading && window is { HasOlder: true, Oldest: { } place })
        {
            await PageAsync(place, null, window.AddOlder);
        }
    }

    private async Task NewerAsync()
    {
        if (!reading && window is { HasNewer: true, Newest: { } place })
        {
            await PageAsync(null, place, window.AddNewer);
        }
    }

    private async Task ToNewestAsync()
    {
        if (window.HasNewer || !filter.IsEverything || views.Count == 0 || newAbove == 0)
        {
            await PageAsync(null, null, window.Show);
        }

        newAbove = 0;
        if (script is not null)
        {
            await script.InvokeVoidAsync("toTop");
        }
    }

    private async Task PageAsync(TimelinePlace? older, TimelinePlace? newer, Action<TimelinePage> add)
    {
        reading = true;
        try
        {
            if (await timeline.PageAsync(by!, Id, filter.Filter, older, newer, NextPage, gone.Token) is { } page)
            {
                Remember(await CardsAsync(by!, page.Entries, [.. cards.Values]));
                add(page);
                Redraw();
            }
        }
        finally
        {
            reading = false;
        }
    }

    /// <summary>An edge of what is held comes near on the screen.</summary>
    /// <returns>Whether there may be more that way.</returns>
    [JSInvokable]
    public async Task<bool> NearAsync(string edge)
    {
        if (model is null || reading)
        {
            return false;
        }

        await (edge == "older" ? OlderAsync() : NewerAsync());
        StateHasChanged();
        return edge == "older" ? window.HasOlder : window.HasNewer;
    }

    /// <summary>Whether the newest entries are on the screen.</summary>
    [JSInvokable]
    public void AtTop(bool top)
    {
        atTop = top;
        if (top && newAbove > 0 && !window.HasNewer)
        {
            newAbove = 0;
            StateHasChanged();
        }
    }

    /// <summary>The page is looked at: what stands on it counts as seen, next time. For this look the marks stay.</summary>
    [JSInvokable]
    public async Task LookedAsync(bool looked)
    {
        visible = looked;
        if (model is not null)
        {
            await SeenAsync();
        }
    }

    private void SeenAll()
    {
        seenUpTo = Math.Max(known, window.Entries.Select(e => e.Sequence).DefaultIfEmpty().Max());
        Redraw();
    }

    private void FilterBy(ChangeEventArgs e) => navigation.NavigateTo(Address(filter.Key, e.Value as string));

    private string Address(string kind, string? writers) => $"/patients/{Id}{TimelineFilters.Of(kind, writers).Query}";

    /// <summary>On this page where its entry is held, otherwise among the instructions.</summary>
    private string AddressOf(InstructionCard card) => card.Terms?.Conversation is { } talk ? $"/patients/{Id}/talk/{talk.ConversationId}#post-{talk.Number}" :
        views.FirstOrDefault(v => v.Card?.InstructionId == card.InstructionId) is { } view
            ? $"/patients/{Id}{filter.Query}#entry-{view.Entry.Sequence}" : $"/patients/{Id}?show=instructions";

    private static string DayId(DateOnly day) => $"day-{day:yyyy-MM-dd}";

    private string DayWords(DateOnly day)
    {
        var today = JapanTime.DayOf(clock.GetUtcNow());
        return (today.DayNumber - day.DayNumber) switch
        {
            0 => W["day.today", Words.Show.Day(day)],
            1 => W["day.yesterday", Words.Show.Day(day)],
            -1 => W["day.tomorrow", Words.Show.Day(day)],
            _ => day.Year == today.Year ? Words.Show.Day(day) : Words.Show.Date(day),
        };
    }

    private async Task StopAsync()
    {
        started = false;
        try
        {
            await MarkAsync(CancellationToken.None);
        }
        catch (Exception e) when (Failures.IsOutage(e))
        {
            // What was seen last is unread once more.
        }

        if (alerts is { } pointingOut)
        {
            alerts = null;
            await pointingOut.DisposeAsync();
        }

        if (watch is { } running)
        {
            watch = null;
            await running.DisposeAsync();
        }

        if (script is { } watching)
        {
            script = null;
            try
            {
                await watching.InvokeVoidAsync("stop");
                await watching.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The page is gone, and what it watched with it.
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        await StopAsync();
        carried.Dispose();
        self?.Dispose();
        gone.Dispose();
    }
}
