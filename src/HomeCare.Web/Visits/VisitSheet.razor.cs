using HomeCare.Instructions;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Web.Parts;
using HomeCare.Web.Words;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace HomeCare.Web.Visits;

/// <summary>One visit as it is written at the bedside. What is typed is kept by the browser, field by field, until the record is final.</summary>
public sealed partial class VisitSheet
{
    /// <summary>What a helper does; the rest is for nurses.</summary>
    private static readonly CareGiven[] HelperCare =
        [CareGiven.Observation, CareGiven.Hygiene, CareGiven.Elimination, CareGiven.Nutrition, CareGiven.MedicineSupport, CareGiven.FamilySupport];

    private readonly VisitDraft draft = new();
    private Problems problems = null!;
    private List<Tile> tiles = [];
    private (Tile Tile, VitalSign Sign)? active;
    private (VitalSign Sign, NotMeasuredWhy Why)? skipping;
    private ElementReference root;
    private IJSObjectReference? module;
    private DateOnly day;
    private string? summary;
    private string? focusNext;
    private bool ready;
    private bool identified;
    private bool detailed;
    private bool busy;

    /// <summary>What it is opened with.</summary>
    [Parameter, EditorRequired] public Sheet Data { get; set; } = null!;

    /// <summary>Who visits.</summary>
    [Parameter, EditorRequired] public Actor By { get; set; } = null!;

    /// <summary>Sends a command under an identity of the sheet's.</summary>
    [Parameter, EditorRequired] public Func<ICommand<Visit>, Guid, Task<Outcome>> Send { get; set; } = null!;

    /// <summary>Whether a visit that this device kept words for was recorded meanwhile.</summary>
    [Parameter, EditorRequired] public Func<Guid, Task<bool>> IsRecorded { get; set; } = null!;

    /// <summary>The buttons of an instruction; the visit's identity is given with it.</summary>
    [Parameter] public RenderFragment<(InstructionCard Card, Guid VisitId)>? Steps { get; set; }

    /// <summary>The record is final; its place in the log.</summary>
    [Parameter] public EventCallback<long> OnRecorded { get; set; }

    private bool IsHelper => By.Profession == Profession.Helper;

    private string Back => $"/patients/{Data.Person.PatientId}";

    private string Title => W["visit.title"];

    private Guid VisitId => Data.Visit?.VisitId ?? draft.IdOf(VisitDraft.VisitIdField);

    private string Key => $"{By.PersonId:n}.{Data.Person.PatientId:n}.{Data.Visit?.VisitId.ToString("n") ?? "new"}";

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        problems = new Problems(C);
        day = JapanTime.DayOf(Time.GetUtcNow());
        tiles = [.. Tile.Always(By.Profession)];
        if (Data.OnOxygen && !IsHelper)
        {
            tiles.Insert(tiles.FindIndex(t => t.Key == "spO2") + 1, Tile.More(By.Profession)[0]);
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            module = await JS.InvokeAsync<IJSObjectReference>("import", "/js/visit.js");
            draft.Take(await Kept.AttachAsync(module, root, Key));
            await RestoreAsync();
            ready = true;
            StateHasChanged();
        }
        else if (focusNext is { } field)
        {
            focusNext = null;
            await CallAsync("focus", field);
        }
    }

    private async Task RestoreAsync()
    {
        if (Data.Visit is null && draft[VisitDraft.VisitIdField] is not null && await IsRecorded(VisitId))
        {
            // It arrived, only the answer did not: nothing of it is to be written a second time.
            await CallAsync("forget");
            foreach (var field in draft.Fields.Keys.ToList())
            {
                draft[field] = null;
            }
        }

        if (Data.Visit is { Stage: VisitStage.Started, StartedAt: { } started } && draft[VisitDraft.StartedAt] is null)
        {
            await KeepAsync(VisitDraft.StartedAt, LocalTime.Of(started));
        }

        if (Data.Visit is { } visit && draft["kind"] is null)
        {
            draft["kind"] = visit.Kind.ToString();
        }

        foreach (var tile in Tile.More(By.Profession).Where(t => t.IsUsed(draft) && tiles.All(x => x.Key != t.Key)))
        {
            tiles.Add(tile);
        }

        identified = draft[VisitDraft.Identified] is not null && (draft[VisitDraft.Late] is not null || Data.Visit?.Stage == VisitStage.Started);
    }

    private async Task StartAsync()
    {
        if (!ready || busy)
        {
            return;
        }

        if (Data.Visit?.Stage != VisitStage.Started)
        {
            var startedAt = LocalTime.Parse(LocalTime.Of(Time.GetUtcNow()))!.Value;
            var command = new StartVisit(VisitId, Data.Person.PatientId, startedAt, Data.Visit?.Kind ?? VisitKind.Regular);
            var commandId = draft.IdOf(VisitDraft.StartCommandIdField);
            await KeepAsync(VisitDraft.VisitIdField, VisitId.ToString());
            busy = true;
            try
            {
                if (!problems.Take(await Send(command, commandId)))
                {
                    problems.Say("", problems.General ?? string.Join(' ', problems.Besides()));
                    draft[VisitDraft.StartCommandIdField] = null;
                    return;
                }
            }
            finally
            {
                busy = false;
            }

            await KeepAsync(VisitDraft.StartedAt, LocalTime.Of(startedAt));
            // From now on the server knows the visit: after a reload the sheet is found under its name.
            await CallAsync("rename", $"{By.PersonId:n}.{Data.Person.PatientId:n}.{VisitId:n}");
        }

        await OpenAsync();
    }

    private async Task RecordLateAsync()
    {
        if (ready && !busy)
        {
            await KeepAsync(VisitDraft.VisitIdField, VisitId.ToString());
            await KeepAsync(VisitDraft.Late, "1");
            if (Data.Visit?.PlannedAt is { } planned && draft[VisitDraft.StartedAt] is null)
            {
                await KeepAsync(VisitDraft.StartedAt, LocalTime.Of(planned));
            }

            await OpenAsync();
        }
    }

    private async Task OpenAsync()
    {
        problems.Clear();
        await KeepAsync(VisitDraft.Identified, "1");
        identified = true;
        focusNext = draft[VisitDraft.Late] is not null ? VisitDraft.StartedAt : IsHelper ? null : VisitDraft.FieldOf(tiles[0].Signs[0]);
    }

    private void Focused((Tile Tile, VitalSign Sign) on) => active = on;

    /// <summary>The browser has kept the field already: it listens to the same keys.</summary>
    private async Task TypedAsync((string Field, string? Value) typed)
    {
        draft[typed.Field] = typed.Value;
        problems.Clear(typed.Field);
        summary = problems.Any ? summary : null;
        foreach (var sign in Enum.GetValues<VitalSign>().Where(s => VisitDraft.FieldOf(s) == typed.Field))
        {
            // A new figure has not been looked at again.
            if (draft.IsConfirmed(sign))
            {
                await KeepAsync(VisitDraft.ConfirmedOf(sign), null);
            }

            if (draft[VisitDraft.MeasuredAt] is null && draft[VisitDraft.Late] is null)
            {
                await KeepAsync(VisitDraft.MeasuredAt, LocalTime.Of(Time.GetUtcNow()));
            }
        }
    }

    private async Task ConfirmAsync(VitalSign sign)
    {
        await KeepAsync(VisitDraft.ConfirmedOf(sign), "1");
        problems.Clear(VisitDraft.FieldOf(sign));
        focusNext = VisitDraft.FieldOf(sign);
    }

    private void SkipAsync(NotMeasuredWhy why)
    {
        if (active is { } on)
        {
            // The pressure is one measurement: what is said of it is said of its first figure.
            skipping = (on.Tile.Signs[0], why);
        }
    }

    private async Task SkippedAsync(string? reason)
    {
        if (skipping is not { } what || tiles.FirstOrDefault(t => t.Signs.Contains(what.Sign)) is not { } tile)
        {
            return;
        }

        foreach (var sign in tile.Signs)
        {
            await KeepAsync(VisitDraft.FieldOf(sign), null);
        }

        draft.Skip(what.Sign, what.Why, reason);
        await KeepAsync(VisitDraft.SkipOf(what.Sign), draft[VisitDraft.SkipOf(what.Sign)]);
        skipping = null;
        active = null;
        var next = tiles.SkipWhile(t => t != tile).Skip(1).FirstOrDefault(t => t.Signs.All(s => draft.SkippedOf(s) is null));
        focusNext = next is null ? null : VisitDraft.FieldOf(next.Signs[0]);
    }

    private async Task UnskipAsync(Tile tile)
    {
        foreach (var sign in tile.Signs)
        {
            await KeepAsync(VisitDraft.SkipOf(sign), null);
        }

        focusNext = VisitDraft.FieldOf(tile.Signs[0]);
    }

    private void AddAsync(Tile tile)
    {
        tiles.Add(tile);
        detailed |= tile.Signs[0] is VitalSign.OxygenFlow or VitalSign.Glucose;
        focusNext = VisitDraft.FieldOf(tile.Signs[0]);
    }

    private async Task RecordAsync()
    {
        if (busy)
        {
            return;
        }

        problems.Clear();
        summary = null;
        if (Faults() is { Count: > 0 } faults)
        {
            await RefuseAsync(faults);
            return;
        }

        var startedAt = LocalTime.Parse(draft[VisitDraft.StartedAt]);
        if (startedAt is null || (draft[VisitDraft.Late] is not null && LocalTime.Parse(draft[VisitDraft.EndedAt]) is null))
        {
            var field = startedAt is null ? VisitDraft.StartedAt : VisitDraft.EndedAt;
            problems.Say(field, W[startedAt is null ? "visit.start_missing" : "visit.end_missing"]);
            await RefuseAsync([field]);
            return;
        }

        busy = true;
        try
        {
            var endedAt = await EndAsync(startedAt.Value);
            var commandId = draft.IdOf(VisitDraft.CommandIdField);
            await KeepAsync(VisitDraft.CommandIdField, commandId.ToString());
            var outcome = await Send(draft.ToCommand(VisitId, Data.Person.PatientId, startedAt.Value, endedAt), commandId);
            if (outcome is Outcome.Done done)
            {
                await CallAsync("forget");
                await OnRecorded.InvokeAsync(done.Receipt.Sequence);
                return;
            }

            await RefusedAsync(outcome);
        }
        finally
        {
            busy = false;
        }
    }

    /// <summary>The end: as written, or now. It is kept with the sheet, so that sending again sends the same.</summary>
    private async Task<DateTimeOffset> EndAsync(DateTimeOffset startedAt)
    {
        if (LocalTime.Parse(draft[VisitDraft.EndedAt]) is { } written)
        {
            return written;
        }

        var now = LocalTime.Parse(LocalTime.Of(Time.GetUtcNow()))!.Value;
        var end = now > startedAt ? now : startedAt.AddMinutes(1);
        await KeepAsync(VisitDraft.EndedAt, LocalTime.Of(end));
        await KeepAsync(VisitDraft.EndIsAutomatic, "1");
        return end;
    }

    private async Task RefusedAsync(Outcome outcome)
    {
        // Where the database broke off nobody knows whether it was stored: the same is sent again, under the same identity.
        // Anything else that is refused was not stored, and what is sent next is another act.
        if (outcome is not Outcome.Refused { Kind: RefusalKind.Busy })
        {
            await KeepAsync(VisitDraft.CommandIdField, null);
            if (draft[VisitDraft.EndIsAutomatic] is not null)
            {
                await KeepAsync(VisitDraft.EndedAt, null);
                await KeepAsync(VisitDraft.EndIsAutomatic, null);
            }
        }

        var fields = new List<string>();
        if (outcome is Outcome.Invalid invalid)
        {
            foreach (var error in invalid.Errors)
            {
                var field = VisitDraft.FieldOf(error.Field);
                problems.Say(field, C.Of(error));
                fields.Add(field);
            }
        }
        else
        {
            summary = C.Of(outcome);
        }

        await RefuseAsync(fields);
    }

    private async Task RefuseAsync(IReadOnlyList<string> fields)
    {
        var onSheet = fields.Where(f => f is not ("note" or "vitals" or "")).ToList();
        summary ??= onSheet.Count > 0 ? W["visit.look_at", onSheet.Count] : string.Join(' ', problems.Besides());
        if (onSheet is [var first, ..])
        {
            detailed |= !tiles.Any(t => t.Signs.Any(s => VisitDraft.FieldOf(s) == first));
            focusNext = first;
        }
        else
        {
            await CallAsync("top");
        }
    }

    /// <summary>The fields whose figures cannot be taken, or have to be looked at again.</summary>
    private List<string> Faults()
    {
        var checks = tiles.SelectMany(t => t.Signs).Where(s => draft.SkippedOf(s) is null).Select(s => SignCheck.Of(s, draft, Data.Person.Card, day)).ToList();
        return [.. checks.Where(c => c.Fault != SignFault.None || c.LookAgain).Select(c => VisitDraft.FieldOf(c.Sign))];
    }

    private RenderFragment? InstructionSteps(InstructionCard card) => Steps?.Invoke((card, VisitId));

    /// <summary>Changes a field that no key of the browser has changed, here and in what the browser keeps.</summary>
    private async Task KeepAsync(string field, string? value)
    {
        draft[field] = value;
        await CallAsync("put", field, value);
    }

    private async Task CallAsync(string name, params object?[] arguments)
    {
        if (module is null)
        {
            return;
        }

        try
        {
            await module.InvokeVoidAsync(name, arguments);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // The page is away for the moment; it keeps what is typed there by itself.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (module is null)
        {
            return;
        }

        try
        {
            await module.InvokeVoidAsync("detach");
            await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone; what was typed is kept where it was.
        }
    }
}
