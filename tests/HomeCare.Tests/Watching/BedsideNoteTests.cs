using HomeCare.Visits;
using HomeCare.Watching;

namespace HomeCare.Tests.Watching;

/// <summary>What the person and the family notice at home reaches the team, and what the rules point out.</summary>
public sealed class BedsideNoteTests(CareDatabase database) : IClassFixture<CareDatabase>
{
    private static readonly Guid Id = Ids.Of("note");
    private static readonly Guid Patient = People.Okamoto.PatientId;
    private static readonly Actor Daughter = new("minato", Ids.Of("daughter"), "岡本 恵子", Profession.Family);

    private static WriteBedsideNote Note { get; } = new(Id, Patient, Clock.Ago(60), [SoftSign.Weary, SoftSign.Drowsy, SoftSign.Weary], " 朝からぼんやりしています ");

    private static BedsideNoteWritten Written { get; } = new(Id, Patient, Clock.Ago(60), [SoftSign.Weary, SoftSign.Drowsy], "朝からぼんやりしています", Daughter.PersonId);

    [Fact]
    public void signs_and_words_are_kept_once_and_the_same_note_is_not_written_twice()
    {
        Given.Events<BedsideNote>().By(Daughter).When(Note).Happens(Written);
        Given.Events<BedsideNote>(Written).By(Daughter).When(Note).IsAlreadySo();
        Given.Events<BedsideNote>(Written).By(Daughter).When(Note with { Words = "別のこと" }).IsRefused("bedside_note.already_written");
        Given.Events<BedsideNote>(Written).By(Daughter with { PersonId = Ids.Of("son") }).When(Note).IsRefused("bedside_note.already_written");
    }

    [Fact]
    public void something_was_noticed_at_a_time_that_has_come_and_is_not_long_past()
    {
        Given.Events<BedsideNote>().By(Daughter).When(Note with { SoftSigns = null, Words = " " }).IsInvalid("words", "bedside_note.nothing_noticed");
        Given.Events<BedsideNote>().By(Daughter).When(Note with { SoftSigns = [], Words = "咳が出ます" }).Accepted<BedsideNoteWritten>();
        Given.Events<BedsideNote>().By(Daughter).When(Note with { Words = null }).Accepted<BedsideNoteWritten>();
        Given.Events<BedsideNote>().By(Daughter).When(Note with { NoticedAt = Clock.Now.AddHours(1) }).IsInvalid("noticedAt", "time.in_future");
        Given.Events<BedsideNote>().By(Daughter).When(Note with { NoticedAt = Clock.Now.AddDays(-31) }).IsInvalid("noticedAt", "bedside_note.too_long_ago");
        Given.Events<BedsideNote>().By(Daughter).When(Note with { Words = new string('あ', 1001) }).IsInvalid("words", "field.too_long");
        Given.Events<BedsideNote>().By(Daughter).When(Note with { SoftSigns = [(SoftSign)99] }).IsInvalid("softSigns[0]", "field.not_a_choice");
    }

    [Fact]
    public void its_writer_takes_it_back_and_nobody_else_does()
    {
        Given.Events<BedsideNote>(Written).By(Daughter).When(new TakeBackBedsideNote(Id, "別の日でした")).Happens(new BedsideNoteTakenBack(Id, Patient, "別の日でした"));
        Given.Events<BedsideNote>(Written).By(Daughter with { PersonId = Ids.Of("son") }).When(new TakeBackBedsideNote(Id, "違う")).IsForbidden("bedside_note.of_another");
        Given.Events<BedsideNote>(Written, new BedsideNoteTakenBack(Id, Patient, "x")).By(Daughter).When(new TakeBackBedsideNote(Id, "もう一度")).IsAlreadySo();
        Given.Events<BedsideNote>(Written).By(Daughter).When(new TakeBackBedsideNote(Id, "")).IsInvalid("reason", "field.required");
    }

    [Fact]
    public async Task what_a_daughter_noticed_is_pointed_out_to_the_team_with_her_name_and_no_longer_once_she_takes_it_back()
    {
        var c = await database.FoundAsync();
        var note = new WriteBedsideNote(Guid.CreateVersion7(), c.Patient, Clock.Ago(60), [SoftSign.Fell], "トイレの前で転びました");
        await c.Must(c.Daughter, note);

        var item = (await c.Patients.LineAsync(c.Nurse, c.Patient))!.Alerts.ShouldHaveSingleItem();
        item.Cause.ShouldBe(AlertCause.SoftSigns);
        item.Alerts.ShouldHaveSingleItem().Evidence.ShouldHaveSingleItem().ShouldSatisfyAllConditions(e => e.SourceId.ShouldBe(note.NoteId), e => e.Words.ShouldBe(c.Daughter.Name), e => e.At.ShouldBe(Clock.Ago(60)));
        var ct = TestContext.Current.CancellationToken;
        (await c.Timeline.ReadAsync(c.Nurse, c.Patient, null, 0, 10, ct))!.ShouldContain(e => e.Data is BedsideNoteWritten);
        (await c.Patients.LineAsync(c.Nurse, c.Patient))!.Unread.ShouldBeGreaterThan(0);

        await c.Must(c.Daughter, new TakeBackBedsideNote(note.NoteId, "別の人のこと"));
        (await c.Patients.LineAsync(c.Nurse, c.Patient))!.Alerts.ShouldBeEmpty();
        (await c.Timeline.ReadAsync(c.Nurse, c.Patient, null, 0, 10, ct))!.Single(e => e.Data is BedsideNoteWritten).State.ShouldBe(HomeCare.Timeline.EntryState.EnteredInError);
        await c.Refused(c.Nurse, note with { NoteId = Guid.CreateVersion7() }, RefusalKind.Forbidden, "act.not_permitted");
    }
}
