using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HomeCare.Instructions;
using HomeCare.Timeline;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Web.Api;
using HomeCare.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HomeCare.Web.Tests.Api;

/// <summary>POST /api/commands/{name}: once only, and a clear refusal for whatever is wrong.</summary>
public sealed class CommandApiTests(WebHost host) : IClassFixture<WebHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static RecordVisit Visit(string words) =>
        new(Guid.CreateVersion7(), Town.Patient, Clock.AddMinutes(-40), Clock.AddMinutes(-5)) { Note = new VisitNote(words) };

    private static DateTimeOffset Clock => TimeProvider.System.GetUtcNow();

    private Task<HttpClient> NurseAsync() => host.AsAsync(Profession.Nurse);

    [Fact]
    public async Task every_command_of_the_list_is_a_route_and_a_good_body_is_done_or_refused_with_a_key()
    {
        var things = await Things.MakeAsync(host);
        var physician = await host.AsAsync(Profession.Physician);
        foreach (var command in new Commands().All)
        {
            using var response = await physician.CommandAsync(command.Name, Examples.Of(command.Name, things));
            if (response.StatusCode != HttpStatusCode.OK)
            {
                var problem = await response.JsonAsync();
                problem["key"]!.GetValue<string>().ShouldNotBe("command.unknown", command.Name);
                response.Content.Headers.ContentType!.MediaType.ShouldBe(Problems.ContentType);
            }
        }
    }

    [Fact]
    public async Task a_command_gives_the_sequence_version_and_time_of_its_event()
    {
        using var response = await (await NurseAsync()).CommandAsync("record-visit", Visit("変わりない"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var receipt = await response.JsonAsync();
        receipt["sequence"]!.GetValue<long>().ShouldBe(await host.Store.HeadAsync(Ct));
        receipt["version"]!.GetValue<long>().ShouldBe(1);
        (Clock - receipt["recordedAt"]!.GetValue<DateTimeOffset>()).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task the_same_command_again_gives_the_same_answer_and_writes_once()
    {
        var id = Guid.CreateVersion7();
        var visit = Visit("一度だけ");
        var client = await NurseAsync();
        var answers = new List<string>();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            using var response = await client.CommandAsync("record-visit", visit, id);
            answers.Add(await response.Content.ReadAsStringAsync(Ct));
        }

        answers.Distinct().ShouldHaveSingleItem();
        (await host.Store.ReadStreamAsync(Town.Tenant, HomeCare.Visits.Visit.StreamOf(visit.VisitId), ct: Ct)).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task the_same_command_sent_many_times_at_once_writes_once()
    {
        var id = Guid.CreateVersion7();
        var visit = Visit("同時に");
        var client = await NurseAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            using var response = await client.CommandAsync("record-visit", visit, id);
            return await response.Content.ReadAsStringAsync(Ct);
        }));

        answers.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task the_key_of_an_altered_body_another_command_or_another_person_is_refused()
    {
        var id = Guid.CreateVersion7();
        var visit = Visit("元の内容");
        (await (await NurseAsync()).CommandAsync("record-visit", visit, id)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await (await (await NurseAsync()).CommandAsync("record-visit", visit with { Companion = "研修生" }, id))
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "command.id_reused");
        await (await (await host.AsAsync(Profession.Midwife)).CommandAsync("record-visit", visit, id))
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "command.id_reused");
        await (await (await NurseAsync()).CommandAsync("start-visit", new StartVisit(Guid.CreateVersion7(), Town.Patient, Clock), id))
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "command.id_reused");
    }

    [Fact]
    public async Task a_command_that_changes_nothing_gives_what_it_found()
    {
        var physician = await host.AsAsync(Profession.Physician);
        var instruction = new IssueInstruction(Guid.CreateVersion7(), Town.Patient, InstructionKind.Care, "清拭", new Addressee(AddresseeKind.WhoeverVisitsNext));
        await physician.CommandAsync("issue-instruction", instruction);
        var nurse = await NurseAsync();
        var read = await (await nurse.CommandAsync("mark-instruction-read", new MarkInstructionRead(instruction.InstructionId))).JsonAsync();
        var again = await (await nurse.CommandAsync("mark-instruction-read", new MarkInstructionRead(instruction.InstructionId))).JsonAsync();

        again.ToJsonString().ShouldBe(read.ToJsonString());
    }

    [Theory]
    [InlineData(null, "command.id_missing")]
    [InlineData("", "command.id_not_uuid")]
    [InlineData("1", "command.id_not_uuid")]
    [InlineData("not-a-uuid", "command.id_not_uuid")]
    [InlineData("00000000-0000-0000-0000-000000000000", "command.id_not_uuid")]
    [InlineData("{0199a1b2-0000-7000-8000-000000000001}", "command.id_not_uuid")]
    public async Task a_missing_or_crooked_key_is_refused(string? id, string key)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(Visit("鍵"), Json.Options);
        await (await (await NurseAsync()).CommandAsync("record-visit", body, id)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, key);
    }

    [Theory]
    [InlineData("no-such-command")]
    [InlineData("Record-Visit-2")]
    [InlineData("..%2fsession")]
    public async Task an_unknown_command_is_not_found(string name)
    {
        using var response = await (await NurseAsync()).CommandAsync(name, "{}");
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.JsonAsync())["key"]!.GetValue<string>().ShouldBe("command.unknown");
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("null", null)]
    [InlineData("[]", "$")]
    [InlineData("\"text\"", "$")]
    [InlineData("{", "$")]
    [InlineData("{\"visitId\":\"0199a1b2-0000-7000-8000-000000000001\",\"patientId\":\"0199a", "$.patientId")]
    [InlineData("{\"nobody\":1}", "$.nobody")]
    [InlineData("{\"visitId\":\"0199a1b2-0000-7000-8000-000000000001\",\"visitId\":\"0199a1b2-0000-7000-8000-000000000001\"}", null)]
    [InlineData("{\"visitId\":7}", "$.visitId")]
    [InlineData("{\"visitId\":\"0199a1b2-0000-7000-8000-000000000001\",\"patientId\":\"0199a1b2-0000-7000-8000-000000000001\",\"startedAt\":\"2026-11-22T14:00:00+09:00\",\"endedAt\":\"2026-11-22T14:30:00+09:00\",\"vitals\":{\"measuredAt\":\"2026-11-22T14:00:00+09:00\",\"temperature\":\"warm\"}}", "$.vitals.temperature")]
    [InlineData("{\"visitId\":\"0199a1b2-0000-7000-8000-000000000001\",\"patientId\":\"0199a1b2-0000-7000-8000-000000000001\",\"startedAt\":\"2026-11-22T14:00:00+09:00\",\"endedAt\":\"2026-11-22T14:30:00+09:00\",\"vitals\":{\"measuredAt\":\"2026-11-22T14:00:00+09:00\",\"pulse\":1e400}}", "$.vitals.pulse")]
    [InlineData("{\"kind\":\"gardening\"}", "$.kind")]
    [InlineData("{\"kind\":1}", "$.kind")]
    [InlineData("{\"startedAt\":\"yesterday\"}", "$.startedAt")]
    [InlineData("{\"startedAt\":null}", "$.startedAt")]
    [InlineData("{\"companion\":\"\\ud800\"}", null)]
    [InlineData("{\"note\":{\"subjective\":\"半分", null)]
    [InlineData("{}", null)]
    public async Task a_body_that_cannot_be_read_is_refused_with_its_place(string body, string? path)
    {
        using var response = await (await NurseAsync()).CommandAsync("record-visit", body);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(Problems.ContentType);
        var problem = await response.JsonAsync();
        problem["title"]!.GetValue<string>().ShouldNotContain("System.");
        if (path is not null)
        {
            problem["path"]!.GetValue<string>().ShouldStartWith(path);
            problem["line"]!.GetValue<long>().ShouldBe(1);
            problem["column"]!.GetValue<long>().ShouldBeGreaterThan(0);
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=shift_jis")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task another_content_type_is_refused(string? type)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(Visit("型"), Json.Options);
        await (await (await NurseAsync()).CommandAsync("record-visit", body, Guid.CreateVersion7().ToString(), contentType: type))
            .ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "request.content_type");
    }

    [Fact]
    public async Task json_with_a_charset_of_utf_8_is_taken()
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(Visit("文字"), Json.Options);
        using var response = await (await NurseAsync()).CommandAsync("record-visit", body, Guid.CreateVersion7().ToString(), contentType: "application/json; charset=utf-8");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task a_note_of_ten_megabytes_is_too_large_however_it_is_sent_and_nothing_is_stored(bool chunked)
    {
        var head = await host.Store.HeadAsync(Ct);
        var body = Encoding.UTF8.GetBytes($"{{\"note\":{{\"subjective\":\"{new string('a', 10 << 20)}\"}}}}");
        using var client = await host.SignInAsync(Town.UserOf(Town.Of(Profession.Nurse)));
        using var response = await client.CommandAsync("record-visit", body, Guid.CreateVersion7().ToString(), chunked: chunked);
        await response.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
        (await host.Store.HeadAsync(Ct)).ShouldBe(head);
    }

    [Fact]
    public async Task a_body_of_just_over_the_limit_is_too_large_and_one_below_is_read()
    {
        foreach (var (length, status) in new[] { (RequestBody.Longest + 1, HttpStatusCode.RequestEntityTooLarge), (RequestBody.Longest - 100, HttpStatusCode.BadRequest) })
        {
            var body = Encoding.UTF8.GetBytes($"{{\"companion\":\"{new string('a', length - 16)}\"}}");
            using var response = await (await NurseAsync()).CommandAsync("record-visit", body, Guid.CreateVersion7().ToString());
            response.StatusCode.ShouldBe(status);
        }
    }

    [Fact]
    public async Task wrong_fields_are_told_one_by_one_in_the_language_of_the_reader()
    {
        var visit = Visit("値") with
        {
            Vitals = new Vitals(Clock.AddMinutes(-10)) { Temperature = 60, Systolic = 80, Diastolic = 90 },
            Companion = new string('あ', 101),
        };
        var client = await NurseAsync();
        var japanese = await (await client.CommandAsync("record-visit", visit, language: "ja")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "outcome.invalid");
        var english = await (await client.CommandAsync("record-visit", visit, language: "en-GB,en;q=0.9")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "outcome.invalid");

        japanese["errorKeys"]!["vitals.temperature"]!.AsArray().Select(k => k!.GetValue<string>()).ShouldBe(["vitals.impossible"]);
        japanese["errorKeys"]!["vitals.systolic"]!.AsArray().Select(k => k!.GetValue<string>()).ShouldBe(["vitals.systolic_not_above_diastolic"]);
        japanese["errors"]!["vitals.temperature"]![0]!.GetValue<string>().ShouldBe("25〜45 ℃ の範囲で入力してください。");
        japanese["errors"]!["companion"]![0]!.GetValue<string>().ShouldBe("100文字以内で入力してください。");
        english["errors"]!["vitals.temperature"]![0]!.GetValue<string>().ShouldBe("The value must lie between 25 and 45 ℃.");
        english["errors"]!["companion"]![0]!.GetValue<string>().ShouldBe("Write at most 100 characters.");
    }

    [Fact]
    public async Task a_decision_about_a_field_names_the_field()
    {
        var visit = new RecordVisit(Guid.CreateVersion7(), Town.Patient, Clock.AddHours(3), Clock.AddHours(4)) { Note = new VisitNote("未来") };
        var problem = await (await (await NurseAsync()).CommandAsync("record-visit", visit)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "outcome.invalid");
        problem["errorKeys"]!["startedAt"]![0]!.GetValue<string>().ShouldBe("time.in_future");
    }

    [Fact]
    public async Task how_things_stand_refuses_with_conflict_and_its_sentence()
    {
        var visit = Visit("一回目");
        var client = await NurseAsync();
        await client.CommandAsync("record-visit", visit);
        var problem = await (await client.CommandAsync("record-visit", visit with { Companion = "別" }, language: "en"))
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, "visit.already_recorded");
        problem["title"]!.GetValue<string>().ShouldBe("This visit has been recorded already.");
    }

    [Fact]
    public async Task an_unknown_patient_and_one_of_another_team_look_alike()
    {
        var client = await NurseAsync();
        var unknown = await (await client.CommandAsync("record-visit", Visit("誰") with { PatientId = Guid.CreateVersion7() })).ShouldBeProblemAsync(HttpStatusCode.NotFound, "patient.unknown");
        var others = await (await client.CommandAsync("record-visit", Visit("他") with { PatientId = Town.Stranger })).ShouldBeProblemAsync(HttpStatusCode.NotFound, "patient.unknown");
        others.ToJsonString().ShouldBe(unknown.ToJsonString());
    }

    [Fact]
    public async Task a_text_that_cannot_be_stored_is_refused()
    {
        var body = JsonSerializer.Serialize(Visit("X"), Json.Options).Replace("\"X\"", "\"\\u0000\"");
        await (await (await NurseAsync()).CommandAsync("record-visit", body)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "text.not_storable");
    }

    [Fact]
    public async Task the_device_is_kept_with_the_entry_when_it_can_be_read()
    {
        var client = await host.SignInAsync(Town.UserOf(Town.Of(Profession.Nurse)));
        client.DefaultRequestHeaders.Add("Device", "tablet-7");
        using var response = await client.CommandAsync("record-visit", Visit("端末"));
        var sequence = (await response.JsonAsync())["sequence"]!.GetValue<long>();

        (await host.Store.ReadAsync(Town.Tenant, [sequence], Ct))[0].Headers["device"].ShouldBe("tablet-7");
    }

    [Fact]
    public async Task a_form_of_another_site_cannot_send_a_command()
    {
        var client = await NurseAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/commands/record-visit") { Content = JsonContent.Create(Visit("偽"), options: Json.Options) };
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        await (await client.SendAsync(request, Ct)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "request.foreign_origin");
    }

    [Fact]
    public async Task what_was_refused_is_on_no_timeline()
    {
        var reader = host.Services.GetRequiredService<TimelineReader>();
        var nurse = Town.Of(Profession.Nurse);
        var before = (await reader.ReadAsync(nurse, Town.Patient, null, null, 1, Ct))!;
        await (await host.AsAsync(Profession.Family)).CommandAsync("record-visit", Visit("家族"));
        await (await NurseAsync()).CommandAsync("record-visit", Visit("空") with { Note = null });

        (await reader.ReadAsync(nurse, Town.Patient, null, null, 1, Ct))!.Select(e => e.Sequence).ShouldBe(before.Select(e => e.Sequence));
    }
}
