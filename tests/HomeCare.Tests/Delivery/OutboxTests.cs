using HomeCare.CareTeams;
using HomeCare.Delivery;
using HomeCare.Instructions;
using HomeCare.Visits;
using Npgsql;

namespace HomeCare.Tests.Delivery;

/// <summary>Who is told what outside the page, once, and what becomes of it.</summary>
public sealed class OutboxTests(CareDatabase database) : IClassFixture<CareDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Outbox Outbox => new(database.Store, database.Time);

    private DeliveryPreferences Preferences => new(database.Source, Outbox, database.Time);

    private async Task WishesAsync(Actor by, bool email = false, bool webhook = true)
    {
        if (email)
        {
            database.Time.Now += TimeSpan.FromMinutes(2);
            (await Preferences.AskAsync(by, $"{by.PersonId:n}@example.jp", Ct)).ShouldBeNull();
            (await Preferences.ConfirmAsync(by, (await Preferences.PendingAsync(by.TenantId, by.PersonId, Ct))!, Ct)).ShouldBeTrue();
        }

        (await Preferences.ChooseAsync(by, email, webhook, Ct)).ShouldBeNull();
    }

    /// <summary>Follows the log to its end; gives what waits for a community, the confirmations apart.</summary>
    private async Task<IReadOnlyList<Dispatch>> FollowAsync(Community c)
    {
        await using var connection = await database.Source.OpenConnectionAsync(Ct);
        while (await Outbox.FollowAsync(connection, Ct))
        {
        }

        return [.. (await Outbox.DueAsync(connection, 1000, Ct)).Where(d => d.TenantId == c.Tenant && d.Kind == DeliveryKind.Notice)];
    }

    private async Task<Community> FoundAsync()
    {
        await Outbox.MigrateAsync(Ct);
        return await database.FoundAsync();
    }

    [Fact]
    public async Task whom_an_instruction_names_is_told_once_by_each_way_they_chose_and_nobody_who_chose_none()
    {
        var c = await FoundAsync();
        await WishesAsync(c.Nurse, email: true);
        var issued = await c.Must(c.Physician, c.Instruct("再測定") with { Addressee = new Addressee(AddresseeKind.Person, c.Nurse.PersonId) });
        var told = await FollowAsync(c);
        told.Select(d => (d.PersonId, d.Channel, d.PatientId, d.Sequence)).ShouldBe(
            [(c.Nurse.PersonId, DeliveryChannel.Email, c.Patient, issued.Receipt.Sequence), (c.Nurse.PersonId, DeliveryChannel.Webhook, c.Patient, issued.Receipt.Sequence)], ignoreOrder: true);
        (await FollowAsync(c)).ShouldBe(told, "each event once");
        await Preferences.ChooseAsync(c.Nurse, false, false, Ct);
        await c.Must(c.Physician, c.Instruct("もう一度") with { Addressee = new Addressee(AddresseeKind.Person, c.Nurse.PersonId) });
        (await FollowAsync(c)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_log_that_is_followed_a_second_time_tells_nobody_twice()
    {
        var c = await FoundAsync();
        await WishesAsync(c.Nurse);
        var before = await database.Store.HeadAsync(Ct);
        await c.Must(c.Physician, c.Instruct("再測定") with { Addressee = new Addressee(AddresseeKind.Person, c.Nurse.PersonId) });
        var told = (await FollowAsync(c)).ShouldHaveSingleItem();

        // As when two nodes follow for a moment, or how far it had come was restored from a backup.
        await using (var back = database.Source.CreateCommand("update outbox_progress set sequence = $1"))
        {
            back.Parameters.Add(new() { Value = before });
            await back.ExecuteNonQueryAsync(Ct);
        }

        (await FollowAsync(c)).ShouldBe([told]);
    }

    [Fact]
    public async Task whoever_enters_what_a_physician_said_is_not_told_of_it()
    {
        var c = await FoundAsync();
        await WishesAsync(c.Nurse);
        await c.Must(c.Nurse, new EnterVerbalOrder(Guid.CreateVersion7(), c.Patient, c.Physician.PersonId, InstructionKind.Treatment, "吸引を1時間ごとに", ReadBack: true));
        (await FollowAsync(c)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_profession_is_told_on_the_team_alone_and_the_author_never()
    {
        var c = await FoundAsync();
        var colleague = await c.JoinAsync("長谷川 葵", Profession.PublicHealthNurse, "みなと訪問看護", HomeCare.Organisations.OrganisationKind.NursingStation);
        foreach (var by in new[] { c.Nurse, colleague, c.OtherNurse, c.Daughter, c.Physician })
        {
            await WishesAsync(by);
        }

        await c.Must(c.Physician, c.Instruct("全員へ") with { Addressee = new Addressee(AddresseeKind.Profession, Profession: Profession.Nurse) });
        (await FollowAsync(c)).Select(d => d.PersonId).ShouldBe([c.Nurse.PersonId, colleague.PersonId], ignoreOrder: true);
    }

    [Fact]
    public async Task whoever_visits_next_is_told()
    {
        var c = await FoundAsync();
        var colleague = await c.JoinAsync("長谷川 葵", Profession.Nurse, "みなと訪問看護", HomeCare.Organisations.OrganisationKind.NursingStation);
        await WishesAsync(c.Nurse);
        await WishesAsync(colleague);
        await c.Must(c.Physician, c.Instruct("だれも来ない"));
        (await FollowAsync(c)).ShouldBeEmpty();
        await c.Must(c.Nurse, new PlanVisit(Guid.CreateVersion7(), c.Patient, database.Time.Now.AddHours(5), 60, c.Nurse.PersonId));
        await c.Must(c.Nurse, new PlanVisit(Guid.CreateVersion7(), c.Patient, database.Time.Now.AddHours(3), 60, colleague.PersonId));
        await c.Must(c.Physician, c.Instruct("次の方へ"));
        (await FollowAsync(c)).ShouldHaveSingleItem().PersonId.ShouldBe(colleague.PersonId);
    }

    [Fact]
    public async Task a_question_goes_to_the_issuer_and_the_answer_to_whoever_asked()
    {
        var c = await FoundAsync();
        var colleague = await c.JoinAsync("長谷川 葵", Profession.Nurse, "みなと訪問看護", HomeCare.Organisations.OrganisationKind.NursingStation);
        foreach (var by in new[] { c.Nurse, colleague, c.Physician })
        {
            await WishesAsync(by);
        }

        var instruct = c.Instruct("処置");
        await c.Must(c.Physician, instruct);
        var asked = await c.Must(colleague, new QuestionInstruction(instruct.InstructionId, "量は?"));
        var answered = await c.Must(c.Physician, new AnswerQuestion(instruct.InstructionId, "10 mL"));
        (await FollowAsync(c)).Select(d => (d.Sequence, d.PersonId)).ShouldBe([(asked.Receipt.Sequence, c.Physician.PersonId), (answered.Receipt.Sequence, colleague.PersonId)], ignoreOrder: true);
    }

    [Fact]
    public async Task whose_countersignature_is_waited_for_is_told_when_its_turn_has_come()
    {
        var c = await FoundAsync();
        var colleague = await c.JoinAsync("長谷川 葵", Profession.Nurse, "みなと訪問看護", HomeCare.Organisations.OrganisationKind.NursingStation);
        var other = await c.JoinAsync("森 隆之", Profession.Physician, "佐藤クリニック", HomeCare.Organisations.OrganisationKind.Clinic);
        foreach (var by in new[] { c.Nurse, colleague, c.Physician, other })
        {
            await WishesAsync(by);
        }

        var before = c.Instruct("PCA") with { Addressee = new Addressee(AddresseeKind.Person, c.Nurse.PersonId), Countersign = new CountersignRequest(CountersignBefore.Do, null, Profession.Nurse) };
        var after = before with { InstructionId = Guid.CreateVersion7(), Countersign = new CountersignRequest(CountersignBefore.Close, other.PersonId) };
        var none = before with { InstructionId = Guid.CreateVersion7(), Countersign = null };
        foreach (var instruct in new[] { before, after, none })
        {
            await c.Must(c.Physician, instruct);
        }

        var told = (await FollowAsync(c)).Select(d => d.Sequence).ToHashSet();
        var taken = await c.Must(c.Nurse, new TakeInstruction(before.InstructionId));
        await c.Must(c.Nurse, new TakeInstruction(after.InstructionId));
        await c.Must(c.Nurse, new TakeInstruction(none.InstructionId));
        var done = await c.Must(c.Nurse, new CompleteInstruction(after.InstructionId, "実施", database.Time.Now));
        (await FollowAsync(c)).Where(d => !told.Contains(d.Sequence)).Select(d => (d.Sequence, d.PersonId))
            .ShouldBe([(taken.Receipt.Sequence, colleague.PersonId), (done.Receipt.Sequence, other.PersonId)], ignoreOrder: true);
    }

    [Fact]
    public async Task whoever_has_left_the_team_is_not_told_and_what_is_old_is_told_to_nobody()
    {
        var c = await FoundAsync();
        await WishesAsync(c.Physician);
        var instruct = c.Instruct("処置");
        await c.Must(c.Physician, instruct);
        await c.Must(c.Nurse, new QuestionInstruction(instruct.InstructionId, "?"));
        await c.Must(c.Admin, new LeaveCareTeam(c.Patient, c.Physician.OrganisationId!.Value));
        (await FollowAsync(c)).ShouldBeEmpty();
        (await database.Access.IsReachableAsync(c.Tenant, c.Physician.PersonId, c.Patient, Ct)).ShouldBeFalse();
        (await database.Access.IsReachableAsync(c.Tenant, c.Nurse.PersonId, c.Patient, Ct)).ShouldBeTrue();

        var d = await FoundAsync();
        await WishesAsync(d.Nurse);
        await d.Must(d.Physician, d.Instruct("古い") with { Addressee = new Addressee(AddresseeKind.Person, d.Nurse.PersonId) });
        database.Time.Now += TimeSpan.FromHours(25);
        (await FollowAsync(d)).ShouldBeEmpty();
    }

    [Fact]
    public async Task what_fails_is_tried_again_later_and_later_given_up_and_taken_up_by_hand()
    {
        var c = await FoundAsync();
        await WishesAsync(c.Nurse);
        await c.Must(c.Physician, c.Instruct("再測定") with { Addressee = new Addressee(AddresseeKind.Person, c.Nurse.PersonId) });
        await FollowAsync(c);
        await using var connection = await database.Source.OpenConnectionAsync(Ct);
        var pauses = new List<TimeSpan>();
        var state = DeliveryState.Waiting;
        for (var attempt = 1; state == DeliveryState.Waiting && attempt <= Outbox.MostAttempts; attempt++)
        {
            var due = (await Outbox.DueAsync(connection, 1000, Ct)).Single(d => d.TenantId == c.Tenant);
            due.Attempts.ShouldBe(attempt - 1);
            state = await Outbox.NoteAsync(connection, due, Attempt.Later, "HTTP 503", Ct);
            var pause = Outbox.PauseAfter(attempt);
            database.Time.Now += pause - TimeSpan.FromSeconds(1);
            (await Outbox.DueAsync(connection, 1000, Ct)).ShouldNotContain(d => d.DeliveryId == due.DeliveryId, "it is not yet its turn");
            database.Time.Now += TimeSpan.FromSeconds(1);
            pauses.Add(pause);
        }

        (state, pauses.Count).ShouldBe((DeliveryState.Dead, Outbox.MostAttempts));
        pauses.ShouldBeInOrder();
        (pauses[0], pauses[1], pauses[^1]).ShouldBe((TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)));
        (await Outbox.DeadAsync(Ct)).ShouldContain(d => d.Dispatch.TenantId == c.Tenant && d.Error == "HTTP 503");
        await Outbox.RetryAsync(Ct);
        var again = (await Outbox.DueAsync(connection, 1000, Ct)).Single(d => d.TenantId == c.Tenant);
        (await Outbox.NoteAsync(connection, again, Attempt.Sent, null, Ct)).ShouldBe(DeliveryState.Sent);
        (await Outbox.DueAsync(connection, 1000, Ct)).ShouldNotContain(d => d.TenantId == c.Tenant);
        (await Outbox.CountsAsync(Ct)).ShouldContain(n => n.State == DeliveryState.Sent);
    }

    [Fact]
    public async Task rows_hold_no_word_of_the_record_and_no_address()
    {
        var c = await FoundAsync();
        await WishesAsync(c.Nurse, email: true);
        await c.Must(c.Physician, c.Instruct("フロセミドを増量") with { Addressee = new Addressee(AddresseeKind.Person, c.Nurse.PersonId) });
        await FollowAsync(c);
        await using var command = database.Source.CreateCommand("select string_agg(o::text, ' ') from outbox o where tenant_id = $1");
        command.Parameters.Add(new() { Value = c.Tenant });
        var rows = (string)(await command.ExecuteScalarAsync(Ct))!;
        foreach (var secret in new[] { "フロセミド", "岡本", "example.jp", "田中" })
        {
            rows.ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task nobody_is_told_unless_they_chose_it_and_an_address_is_used_only_once_confirmed()
    {
        var c = await FoundAsync();
        (await Preferences.OfAsync(c.Tenant, c.Nurse.PersonId, Ct)).ShouldBe(DeliveryPreference.None);
        (await Preferences.ChooseAsync(c.Nurse, true, false, Ct)).ShouldBe("delivery.address_unconfirmed");
        database.Time.Now += TimeSpan.FromMinutes(2);
        (await Preferences.AskAsync(c.Nurse, "tanaka@example.jp", Ct)).ShouldBeNull();
        (await Preferences.AskAsync(c.Nurse, "tanaka@example.jp", Ct)).ShouldBe("delivery.asked_just_now");
        (await Preferences.ChooseAsync(c.Nurse, true, false, Ct)).ShouldBe("delivery.address_unconfirmed");
        var pending = (await Preferences.PendingAsync(c.Tenant, c.Nurse.PersonId, Ct))!;
        (await Preferences.ConfirmAsync(c.Physician, pending, Ct)).ShouldBeFalse("another brought it back");
        (await Preferences.ConfirmAsync(c.Nurse, pending with { Email = "other@example.jp" }, Ct)).ShouldBeFalse();
        (await Preferences.ConfirmAsync(c.Nurse, pending, Ct)).ShouldBeTrue();
        (await Preferences.ConfirmAsync(c.Nurse, pending, Ct)).ShouldBeFalse("a link is used once");
        (await Preferences.OfAsync(c.Tenant, c.Nurse.PersonId, Ct)).ShouldBe(new DeliveryPreference("tanaka@example.jp", true, false, null));
        await Preferences.ForgetAsync(c.Nurse, Ct);
        (await Preferences.OfAsync(c.Tenant, c.Nurse.PersonId, Ct)).ShouldBe(DeliveryPreference.None);
    }

    [Theory]
    [InlineData("tanaka@example.jp", true)]
    [InlineData("a.b+c@mail.example.co.jp", true)]
    [InlineData("tanaka", false)]
    [InlineData("tanaka@localhost", false)]
    [InlineData("a@b@example.jp", false)]
    [InlineData("a b@example.jp", false)]
    [InlineData("a@example.jp\r\nBcc: x@example.jp", false)]
    [InlineData("a@example.jp,b@example.jp", false)]
    [InlineData("田中@example.jp", false)]
    [InlineData("", false)]
    public void an_address_is_one_address_and_nothing_else(string text, bool good) => DeliveryPreferences.IsAddress(text).ShouldBe(good);
}
