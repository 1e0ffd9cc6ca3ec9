using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using HomeCare.Instructions;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Web.Tests.Support;

namespace HomeCare.Web.Tests.Visits;

/// <summary>What the visit sheet reads and sends, over HTTP.</summary>
public sealed class VisitSheetApiTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Nurse = Town.Of(Profession.Nurse);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static TheoryData<Profession> Everybody => [.. Town.Professions];

    [Theory, MemberData(nameof(Everybody))]
    public async Task a_sheet_is_there_for_the_care_team_and_for_nobody_else(Profession profession)
    {
        var sees = profession is not (Profession.Administrator or Profession.Ambulance);
        foreach (var (related, patient) in new[] { (true, Town.Patient), (true, Town.Stranger), (true, Town.OtherPatient), (false, Town.Patient), (false, Town.Stranger) })
        {
            using var response = await (await host.AsAsync(profession, related)).GetAsync($"/api/patients/{patient}/visit-sheet", Ct);
            response.StatusCode.ShouldBe(sees && related && patient == Town.Patient ? HttpStatusCode.OK : HttpStatusCode.NotFound, $"{profession} {related}");
        }

        using var today = await (await host.AsAsync(profession, related: false)).GetAsync("/api/visits/today", Ct);
        (await today.JsonAsync())["sheets"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task without_a_session_there_is_no_sheet()
    {
        using var anonymous = host.Anonymous();
        await (await anonymous.GetAsync($"/api/patients/{Town.Patient}/visit-sheet", Ct)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.missing");
        await (await anonymous.GetAsync("/api/visits/today", Ct)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.missing");
        using var page = await anonymous.GetAsync($"/patients/{Town.Patient}/visit", Ct);
        page.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task a_sheet_holds_the_visit_the_last_readings_and_what_I_can_do_with_the_instructions()
    {
        var (visit, instruction) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        for (var i = 5; i > 0; i--)
        {
            await host.MustAsync(Nurse, new RecordVitals(Guid.CreateVersion7(), Town.Patient, new Vitals(Now.AddDays(-i)) { Pulse = 70 + i, Weight = 50 + i }));
        }

        await host.MustAsync(Nurse, new PlanVisit(visit, Town.Patient, Now.AddMinutes(1), 60, Nurse.PersonId, Purpose: "状態観察"));
        await host.MustAsync(Town.Of(Profession.Physician), new IssueInstruction(
            instruction, Town.Patient, InstructionKind.Observation, "SpO₂を再測定", new Addressee(AddresseeKind.WhoeverVisitsNext)));

        var client = await host.AsAsync(Nurse);
        var sheet = await (await client.GetAsync($"/api/patients/{Town.Patient}/visit-sheet?visit={visit}", Ct)).JsonAsync();

        sheet["visit"]!["visitId"]!.GetValue<Guid>().ShouldBe(visit);
        sheet["patient"]!["details"]!["family"]!.GetValue<string>().ShouldBe("岡本");
        List<decimal> Of(string sign) => [.. sheet["readings"]!.AsArray().Where(r => r!["sign"]!.GetValue<string>() == sign).Select(r => r!["value"]!.GetValue<decimal>())];
        Of("pulse").ShouldBe([73, 72, 71]);
        Of("weight").ShouldBe([55, 53, 52, 51], "the earliest weight of the week beside the last three");
        var mine = sheet["instructions"]!.AsArray().Single(i => i!["card"]!["instructionId"]!.GetValue<Guid>() == instruction)!;
        mine["steps"]!.AsArray().Select(s => s!.GetValue<string>()).ShouldBe(["take", "read", "question", "decline"]);

        var today = await (await client.GetAsync("/api/visits/today", Ct)).JsonAsync();
        today["sheets"]!.AsArray().Select(s => s!["visit"]!["visitId"]!.GetValue<Guid>()).ShouldContain(visit);
        await host.MustAsync(Nurse, new RecordVisit(visit, Town.Patient, Now.AddMinutes(-30), Now) { Note = new VisitNote("変わりない") });
        today = await (await client.GetAsync("/api/visits/today", Ct)).JsonAsync();
        today["sheets"]!.AsArray().Select(s => s!["visit"]!["visitId"]!.GetValue<Guid>()).ShouldNotContain(visit, "what is recorded is not taken along");
        await (await client.GetAsync($"/api/patients/{Town.Patient}/visit-sheet?visit=x", Ct)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request.parameter");
    }

    [Fact]
    public async Task an_entry_is_recorded_as_its_writer_or_not_at_all()
    {
        var body = new RecordVisit(Guid.CreateVersion7(), Town.Patient, Now.AddMinutes(-30), Now)
        {
            Note = new VisitNote("圏外で書いた"), Supplies = "ガーゼ 5枚", Clock = new DeviceClock(31_536_000, Now, Corrected: true),
        };
        var id = Guid.CreateVersion7();
        async Task<HttpResponseMessage> Send(HttpClient client, string? author)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/commands/record-visit") { Content = JsonContent.Create(body, options: Json.Options) };
            request.Headers.Add("Idempotency-Key", id.ToString());
            if (author is not null)
            {
                request.Headers.TryAddWithoutValidation("Author", author);
            }

            return await client.SendAsync(request, Ct);
        }

        var physician = await host.AsAsync(Profession.Physician);
        var head = await host.Store.HeadAsync(Ct);
        await (await Send(physician, Nurse.PersonId.ToString())).ShouldBeProblemAsync(HttpStatusCode.Conflict, "session.other_person");
        await (await Send(physician, "somebody")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "session.other_person");
        (await host.Store.HeadAsync(Ct)).ShouldBe(head);

        using var own = await Send(await host.AsAsync(Nurse), Nurse.PersonId.ToString());
        own.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var again = await Send(await host.AsAsync(Nurse), Nurse.PersonId.ToString());
        (await again.JsonAsync())["sequence"]!.GetValue<long>().ShouldBe((await own.JsonAsync())["sequence"]!.GetValue<long>());
        var recorded = (await host.Store.ReadAllAsync(head, 100, Town.Tenant, Ct)).ShouldHaveSingleItem().Data.ShouldBeOfType<VisitRecorded>();
        (recorded.VisitorId, recorded.Supplies, recorded.Clock!.AheadSeconds, recorded.Clock.Corrected).ShouldBe((Nurse.PersonId, "ガーゼ 5枚", 31_536_000, true));
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("x", false)]
    [InlineData("1", true)]
    [InlineData("2", true)]
    public async Task a_sheet_that_is_too_old_is_told_so_and_nothing_is_done(string spoken, bool understood)
    {
        var client = await host.AsAsync(Nurse);
        var head = await host.Store.HeadAsync(Ct);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/commands/record-visit")
        {
            Content = JsonContent.Create(new RecordVisit(Guid.CreateVersion7(), Town.Patient, Now.AddMinutes(-30), Now) { Note = new VisitNote("古い版") }, options: Json.Options),
        };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        request.Headers.Add("Sheet", spoken);
        using var response = await client.SendAsync(request, Ct);
        if (understood)
        {
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        else
        {
            await response.ShouldBeProblemAsync(HttpStatusCode.Conflict, "sheet.too_old");
            (await host.Store.HeadAsync(Ct)).ShouldBe(head);
        }
    }

    [Fact]
    public async Task a_pass_signs_its_person_in_from_its_device_until_it_is_taken_back()
    {
        var device = Guid.CreateVersion7();
        using var client = await host.SignInAsync(Town.UserOf(Nurse));
        await (await client.GetAsync($"/api/devices/{device}", Ct)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "session.device_ended");
        using (var bare = await client.PostAsync($"/api/devices/{device}/pass", null, Ct))
        {
            bare.StatusCode.ShouldBe(HttpStatusCode.BadRequest, "a foreign form cannot ask for one");
        }

        var pass = await PassAsync(client, device);
        var secret = pass["secret"]!.GetValue<string>();
        Convert.FromBase64String(pass["key"]!.GetValue<string>()).Length.ShouldBe(32);
        var expires = pass["expiresAt"]!.GetValue<DateTimeOffset>();
        expires.ShouldBeGreaterThan(Now.AddHours(5));
        expires.ShouldBeLessThanOrEqualTo(Now.AddHours(30));
        JapanTime.Of(expires).TimeOfDay.ShouldBe(TimeSpan.FromHours(4));
        (await client.GetAsync($"/api/devices/{device}", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var fresh = host.Anonymous();
        async Task<HttpResponseMessage> SignIn(Guid on, Guid person, string with) =>
            await fresh.PostAsJsonAsync("/api/session/device", new { deviceId = on, personId = person, secret = with }, Ct);
        using (var ok = await SignIn(device, Nurse.PersonId, secret))
        {
            (await ok.JsonAsync())["personId"]!.GetValue<Guid>().ShouldBe(Nurse.PersonId);
            ok.Headers.Contains("Set-Cookie").ShouldBeTrue();
        }

        var wrong = Convert.ToBase64String(new byte[32]);
        await (await SignIn(device, Nurse.PersonId, wrong)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.device_ended");
        await (await SignIn(Guid.CreateVersion7(), Nurse.PersonId, secret)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.device_ended");
        await (await SignIn(device, Town.Of(Profession.Physician).PersonId, secret)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.device_ended");

        var other = await host.AsAsync(Profession.Physician);
        await other.DeleteAsync($"/api/devices/{device}", Ct);
        (await SignIn(device, Nurse.PersonId, secret)).StatusCode.ShouldBe(HttpStatusCode.OK, "nobody takes back another's");
        var elsewhere = await host.AsAsync(Town.OtherNurse);
        await elsewhere.DeleteAsync($"/api/devices/{device}", Ct);
        (await SignIn(device, Nurse.PersonId, secret)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var admin = await host.AsAsync(Profession.Administrator);
        (await (await admin.GetAsync("/api/devices", Ct)).JsonAsync()).AsArray().Select(d => d!["deviceId"]!.GetValue<Guid>()).ShouldContain(device);
        (await (await other.GetAsync("/api/devices", Ct)).JsonAsync()).AsArray().Select(d => d!["deviceId"]!.GetValue<Guid>()).ShouldNotContain(device);
        (await admin.DeleteAsync($"/api/devices/{device}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await SignIn(device, Nurse.PersonId, secret)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.device_ended");
        await (await client.GetAsync($"/api/devices/{device}", Ct)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "session.device_ended");
    }

    [Fact]
    public async Task a_second_pass_ends_the_first()
    {
        var device = Guid.CreateVersion7();
        using var client = await host.SignInAsync(Town.UserOf(Nurse));
        var first = (await PassAsync(client, device))["secret"]!.GetValue<string>();
        var second = (await PassAsync(client, device))["secret"]!.GetValue<string>();
        using var fresh = host.Anonymous();
        (await fresh.PostAsJsonAsync("/api/session/device", new { deviceId = device, personId = Nurse.PersonId, secret = first }, Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await fresh.PostAsJsonAsync("/api/session/device", new { deviceId = device, personId = Nurse.PersonId, secret = second }, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("ja", "体温", "回/分")]
    [InlineData("en", "Temperature", "/min")]
    public async Task words_and_limits_come_from_the_one_table(string language, string temperature, string perMinute)
    {
        using var anonymous = host.Anonymous();
        var words = await (await anonymous.GetAsync($"/sheet-words/{language}.json", Ct)).JsonAsync();
        var signs = words["signs"]!.AsArray().ToDictionary(s => s!["sign"]!.GetValue<string>(), s => s!);
        signs.Count.ShouldBe(VitalSignTable.All.Count);
        signs["temperature"]["name"]!.GetValue<string>().ShouldBe(temperature);
        signs["pulse"]["unit"]!.GetValue<string>().ShouldBe(perMinute);
        foreach (var rule in VitalSignTable.All)
        {
            var sent = signs[System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(rule.Sign.ToString())];
            sent["step"]!.GetValue<decimal>().ShouldBe(rule.Step);
            (sent["possible"]!["low"]?.GetValue<decimal>(), sent["possible"]!["high"]?.GetValue<decimal>()).ShouldBe((rule.Possible.Low, rule.Possible.High));
            (sent["usual"]?["low"]?.GetValue<decimal>(), sent["usual"]?["high"]?.GetValue<decimal>()).ShouldBe((rule.Usual?.Low, rule.Usual?.High));
            (sent["quiet"]?["low"]?.GetValue<decimal>(), sent["quiet"]?["high"]?.GetValue<decimal>()).ShouldBe((rule.Quiet?.Low, rule.Quiet?.High));
        }

        words["choices"]!["softSign"]!.AsArray().Count.ShouldBe(Enum.GetValues<SoftSign>().Length);
        words["words"]!["visit.title"].ShouldNotBeNull();
        words["words"]!["take_along"].ShouldNotBeNull();
        words["words"]!["visit.already_recorded"].ShouldNotBeNull();
    }

    [Fact]
    public async Task the_words_of_the_sheet_are_said_in_both_languages_and_every_key_of_its_modules_is_worded()
    {
        using var anonymous = host.Anonymous();
        async Task<JsonObject> Words(string language) => (await (await anonymous.GetAsync($"/sheet-words/{language}.json", Ct)).JsonAsync())["words"]!.AsObject();
        var (ja, en) = (await Words("ja"), await Words("en"));
        en.Select(w => w.Key).ShouldBe(ja.Select(w => w.Key), ignoreOrder: true);
        var modules = Directory.GetFiles(HomeCare.Testing.Repository.Path("wwwroot", "js", "visit"), "*.js");
        modules.Length.ShouldBeGreaterThan(10);
        foreach (var module in modules)
        {
            foreach (System.Text.RegularExpressions.Match key in System.Text.RegularExpressions.Regex.Matches(await File.ReadAllTextAsync(module, Ct), @"\bt\('([^']+)'", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)))
            {
                ja.ContainsKey(key.Groups[1].Value).ShouldBeTrue($"{Path.GetFileName(module)}: {key.Groups[1].Value}");
            }
        }
    }

    [Fact]
    public async Task the_shell_holds_nobodys_data_and_no_script_of_its_own()
    {
        var client = await host.AsAsync(Nurse);
        var page = await client.GetStringAsync($"/patients/{Town.Patient}/visit?culture=en", Ct);
        page.ShouldContain("<html lang=\"en\"");
        page.ShouldNotContain("岡本");
        page.ShouldNotContain(Nurse.PersonId.ToString());
        System.Text.RegularExpressions.Regex.Matches(page, "<script(?![^>]*src=)", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)).ShouldBeEmpty();
        using var worker = await client.GetAsync("/sw.js", Ct);
        worker.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        var script = await worker.Content.ReadAsStringAsync(Ct);
        script.ShouldStartWith("const VERSION = '");
        script.ShouldContain("'/visit-shell'");
    }

    [Fact]
    public async Task two_hundred_tablets_that_come_back_at_once_all_finish_while_others_go_on_reading()
    {
        const int Tablets = 200, Entries = 5;
        var client = await host.AsAsync(Nurse);
        var mark = $"back {Guid.CreateVersion7():n}";
        var head = await host.Store.HeadAsync(Ct);
        using var done = new CancellationTokenSource();
        var waits = new List<double>();
        var reader = Task.Run(async () =>
        {
            var live = await host.AsAsync(Profession.Physician);
            while (!done.IsCancellationRequested)
            {
                var began = TimeProvider.System.GetTimestamp();
                using var page = await live.GetAsync($"/api/patients/{Town.Patient}/timeline?limit=50", Ct);
                page.StatusCode.ShouldBe(HttpStatusCode.OK);
                waits.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
                await Task.Delay(20, Ct);
            }
        }, Ct);

        async Task TabletAsync(int tablet)
        {
            for (var i = 0; i < Entries; i++)
            {
                var (visit, id) = (Guid.CreateVersion7(), Guid.CreateVersion7());
                var body = new RecordVisit(visit, Town.Patient, Now.AddMinutes(-50), Now.AddMinutes(-10)) { Note = new VisitNote($"{mark} {tablet}-{i}") };
                // As a tablet does: until there is a receipt, under the same id; the first answer gets lost.
                for (var tries = 0; ; tries++)
                {
                    using var response = await client.CommandAsync("record-visit", body, id);
                    if (response.StatusCode == HttpStatusCode.OK && tries > 0)
                    {
                        break;
                    }

                    ((int)response.StatusCode).ShouldBeOneOf(200, 429, 503);
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Tablets).Select(TabletAsync));
        await done.CancelAsync();
        await reader;
        var recorded = new List<string>();
        for (var from = head; await host.Store.ReadAllAsync(from, 500, Town.Tenant, Ct) is { Count: > 0 } page; from = page[^1].Sequence)
        {
            recorded.AddRange(page.Select(e => (e.Data as VisitRecorded)?.Note?.Subjective ?? "").Where(n => n.StartsWith(mark, StringComparison.Ordinal)));
        }

        recorded.Count.ShouldBe(Tablets * Entries);
        recorded.Distinct().Count().ShouldBe(Tablets * Entries);
        waits.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine($"{waits.Count} reads beside it, p99 {waits[(int)(waits.Count * 0.99)]:F0} ms");
    }

    [Fact]
    public async Task what_waits_refused_on_a_device_is_seen_by_its_writer_and_the_office_and_by_nobody_else()
    {
        var (device, entry) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        async Task ReportAsync(params object[] entries)
        {
            using var response = await (await host.AsAsync(Nurse)).PutAsJsonAsync($"/api/devices/{device}/unsent", new { entries }, Ct);
            response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        async Task<JsonArray> SeenAsync(HttpClient by) => (await (await by.GetAsync("/api/unsent", Ct)).JsonAsync()).AsArray();
        await ReportAsync(new { commandId = entry, patientId = Town.Patient, command = "record-visit", reason = "visit.already_recorded", since = Now });

        var line = (await SeenAsync(await host.AsAsync(Nurse))).ShouldHaveSingleItem()!;
        (line["entry"]!["commandId"]!.GetValue<Guid>(), line["personName"]!.GetValue<string>(), line["patientName"]!.GetValue<string>()).ShouldBe((entry, Nurse.Name, "岡本 フミ"));
        (await SeenAsync(await host.AsAsync(Profession.Nurse, related: false))).ShouldBeEmpty("another station");
        (await SeenAsync(await host.AsAsync(Profession.Physician))).ShouldBeEmpty("another office");
        (await SeenAsync(await host.AsAsync(Town.OtherNurse))).ShouldBeEmpty("another community");
        using (var anonymous = host.Anonymous())
        {
            (await anonymous.GetAsync("/api/unsent", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        await ReportAsync();
        (await SeenAsync(await host.AsAsync(Nurse))).ShouldBeEmpty("it was dealt with");
        using var crooked = await (await host.AsAsync(Nurse)).PutAsJsonAsync(
            $"/api/devices/{device}/unsent", new { entries = new[] { new { commandId = entry, patientId = Town.Patient, command = new string('x', 101), reason = "", since = Now } } }, Ct);
        crooked.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    private static async Task<JsonNode> PassAsync(HttpClient client, Guid device)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/devices/{device}/pass") { Content = new StringContent("", Encoding.UTF8) };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        using var response = await client.SendAsync(request, Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.JsonAsync();
    }
}
