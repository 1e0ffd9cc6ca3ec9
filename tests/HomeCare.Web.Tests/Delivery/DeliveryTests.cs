using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HomeCare.CareTeams;
using HomeCare.Delivery;
using HomeCare.Instructions;
using HomeCare.Testing;
using HomeCare.Web.Delivery;
using HomeCare.Web.Tests.Support;
using HomeCare.Web.Words;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HomeCare.Web.Tests.Delivery;

/// <summary>From an instruction to a message that somebody gets, over a real mail server and a real receiver of webhooks.</summary>
public sealed partial class DeliveryTests(WebHost host) : IClassFixture<WebHost>
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private readonly Moment clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Outbox Outbox => new(host.Store, clock);

    private DeliveryPreferences Preferences => new(host.Store.Database, Outbox, clock);

    private sealed class Moment : TimeProvider
    {
        public TimeSpan Later { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Later;
    }

    private static DeliveryOptions Options(MailSink? mail = null, Uri? hook = null, bool demo = true, params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["HOMECARE_DEMO"] = demo ? "1" : "0",
            ["HOMECARE_PUBLIC_URL"] = "https://care.example.jp",
            ["HOMECARE_SMTP_HOST"] = mail is null ? null : "127.0.0.1",
            ["HOMECARE_SMTP_PORT"] = mail?.Port.ToString(CultureInfo.InvariantCulture),
            ["HOMECARE_SMTP_SECURITY"] = "none",
            ["HOMECARE_MAIL_FROM"] = "homecare@example.jp",
            [$"HOMECARE_WEBHOOK:{Town.Tenant}:URL"] = hook?.ToString(),
            [$"HOMECARE_WEBHOOK:{Town.Tenant}:SECRET"] = hook is null ? null : Secret,
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return DeliveryOptions.Of(new ConfigurationBuilder().AddInMemoryCollection(settings.Where(s => s.Value is not null)).Build());
    }

    private DeliveryService Service(DeliveryOptions options, ILogger<DeliveryService>? log = null)
    {
        var links = host.Services.GetRequiredService<ConfirmationLinks>();
        return new DeliveryService(
            host.Store, Outbox, host.Services.GetRequiredService<Access>(),
            [new MailChannel(options, Preferences, links, host.Services.GetRequiredService<IStringLocalizer<DeliveryWords>>()), new WebhookChannel(options, Preferences, clock)],
            options, clock, log ?? NullLogger<DeliveryService>.Instance);
    }

    private async Task RoundAsync(DeliveryOptions options)
    {
        await using var connection = await host.Store.Database.OpenConnectionAsync(Ct);
        using var service = Service(options);
        await service.RoundAsync(connection, Ct);
    }

    private async Task<Guid> InstructAsync(Actor to)
    {
        var id = Guid.CreateVersion7();
        await host.MustAsync(Town.Of(Profession.Physician), new IssueInstruction(id, Town.Patient, InstructionKind.Treatment, "フロセミドを増量してください", new Addressee(AddresseeKind.Person, to.PersonId)));
        return id;
    }

    private async Task ConfirmAsync(Actor by, string address)
    {
        clock.Later += TimeSpan.FromMinutes(2);
        (await Preferences.AskAsync(by, address, Ct)).ShouldBeNull();
        (await Preferences.ConfirmAsync(by, (await Preferences.PendingAsync(by.TenantId, by.PersonId, Ct))!, Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task a_message_holds_a_link_and_not_a_word_of_the_record()
    {
        await using var mail = new MailSink();
        var (nurse, options) = (Town.Of(Profession.Nurse), Options(mail));
        await ConfirmAsync(nurse, "nurse@example.jp");
        await InstructAsync(nurse);
        await RoundAsync(options);
        var message = mail.Got.Single(m => m.To.Contains("nurse@example.jp", StringComparison.Ordinal));
        var text = Decoded(message.Text);
        var link = Link().Match(text);
        link.Success.ShouldBeTrue(text);
        text.ShouldContain("HomeCare");
        text.ShouldContain("somebody needs you", Case.Insensitive);
        // What is not plain ASCII is encoded in the head: it is looked at as its reader sees it.
        var head = Head(message.Text);
        head.ShouldContain("HomeCare");
        foreach (var secret in new[] { "フロセミド", "岡本", "フミ", Town.Patient.ToString(), "Physician in", "Furosemide" })
        {
            message.Text.ShouldNotContain(secret);
            text.ShouldNotContain(secret);
            head.ShouldNotContain(secret);
        }

        mail.Got.Clear();
        await RoundAsync(options);
        mail.Got.ShouldBeEmpty("it was told once");

        // The link leads, by a step within the site, to the entry; for another person to their own page.
        var client = await host.AsAsync(nurse);
        using var step = await client.GetAsync(new Uri($"/go/{link.Groups["id"].Value}", UriKind.Relative), Ct);
        (await step.Content.ReadAsStringAsync(Ct)).ShouldContain($"/go/open/{link.Groups["id"].Value}");
        using var open = await client.GetAsync(new Uri($"/go/open/{link.Groups["id"].Value}", UriKind.Relative), Ct);
        open.Headers.Location!.ToString().ShouldStartWith($"/patients/{Town.Patient}#entry-");
        using var other = await (await host.AsAsync(Profession.Pharmacist)).GetAsync(new Uri($"/go/open/{link.Groups["id"].Value}", UriKind.Relative), Ct);
        other.Headers.Location!.ToString().ShouldBe("/");
        using var anonymous = host.Anonymous();
        using var asked = await anonymous.GetAsync(new Uri($"/go/open/{link.Groups["id"].Value}", UriKind.Relative), Ct);
        asked.Headers.Location!.ToString().ShouldContain("/sign-in");
    }

    [Fact]
    public async Task an_address_is_confirmed_by_the_link_that_was_sent_to_it()
    {
        await using var mail = new MailSink();
        var (by, options) = (Town.Of(Profession.Midwife), Options(mail));
        clock.Later += TimeSpan.FromMinutes(2);
        (await Preferences.AskAsync(by, "midwife@example.jp", Ct)).ShouldBeNull();
        await RoundAsync(options);
        var text = Decoded(mail.Got.Single(m => m.To.Contains("midwife", StringComparison.Ordinal)).Text);
        var token = Uri.UnescapeDataString(Token().Match(text).Groups["token"].Value);
        var links = host.Services.GetRequiredService<ConfirmationLinks>();
        links.Read(token + "x").ShouldBeNull();
        links.Read(token).ShouldNotBeNull().Email.ShouldBe("midwife@example.jp");
        (await Preferences.ConfirmAsync(by, links.Read(token)!, Ct)).ShouldBeTrue();
        (await Preferences.OfAsync(by.TenantId, by.PersonId, Ct)).ByEmail.ShouldBeTrue();
    }

    [Fact]
    public async Task an_outage_of_the_mail_server_delays_and_a_refused_address_ends()
    {
        await using var mail = new MailSink { ToRecipient = "451 later" };
        var (by, options) = (Town.Of(Profession.AssistantNurse), Options(mail));
        await ConfirmAsync(by, "assistant@example.jp");
        await RoundAsync(Options(mail));
        mail.Got.Clear();
        await InstructAsync(by);
        await RoundAsync(options);
        mail.ToRecipient = "250 OK";
        await RoundAsync(options);
        mail.Got.ShouldBeEmpty("it is not yet time");
        clock.Later += Outbox.PauseAfter(1);
        await RoundAsync(options);
        mail.Got.ShouldHaveSingleItem();

        mail.ToRecipient = "550 no such user";
        var dead = (await Outbox.DeadAsync(Ct)).Count;
        await InstructAsync(by);
        await RoundAsync(options);
        var given = (await Outbox.DeadAsync(Ct));
        given.Count.ShouldBe(dead + 1);
        given[0].Error.ShouldNotBeNull().ShouldNotContain("@");
    }

    [Fact]
    public async Task a_message_taken_but_not_noted_is_sent_again_under_the_same_identifier()
    {
        await using var mail = new MailSink { ToMessage = "451 taken, and then the line was lost" };
        var (by, options) = (Town.Of(Profession.PublicHealthNurse), Options(mail));
        await ConfirmAsync(by, "phn@example.jp");
        await InstructAsync(by);
        await RoundAsync(options);
        mail.ToMessage = "250 OK";
        clock.Later += Outbox.PauseAfter(1);
        await RoundAsync(options);
        var ids = mail.Got.Where(m => m.To.Contains("phn@", StringComparison.Ordinal)).Select(m => MessageId().Match(m.Text).Value).ToList();
        ids.Count.ShouldBeGreaterThanOrEqualTo(2);
        ids.Distinct().ShouldHaveSingleItem().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task whoever_left_the_team_or_wants_none_any_more_before_it_is_sent_is_told_nothing()
    {
        await using var mail = new MailSink();
        var (gone, silent, admin, options) = (Town.Of(Profession.Nurse, related: false), Town.Of(Profession.PhysicalTherapist), Town.Of(Profession.Administrator), Options(mail));
        await host.MustAsync(admin, new JoinCareTeam(Town.Patient, PersonId: gone.PersonId));
        await ConfirmAsync(gone, "gone@example.jp");
        await ConfirmAsync(silent, "silent@example.jp");
        await RoundAsync(options);
        mail.Got.Clear();
        await InstructAsync(gone);
        await host.MustAsync(Town.Of(Profession.Physician), new IssueInstruction(
            Guid.CreateVersion7(), Town.Patient, InstructionKind.Rehabilitation, "歩行訓練", new Addressee(AddresseeKind.Person, silent.PersonId)));
        await using (var connection = await host.Store.Database.OpenConnectionAsync(Ct))
        {
            await Outbox.FollowAsync(connection, Ct);
            (await Outbox.DueAsync(connection, 100, Ct)).Select(d => d.PersonId).ShouldBe([gone.PersonId, silent.PersonId], ignoreOrder: true);
        }

        await host.MustAsync(admin, new LeaveCareTeam(Town.Patient, gone.PersonId));
        await Preferences.ChooseAsync(silent, byEmail: false, byWebhook: false, Ct);
        await RoundAsync(options);
        mail.Got.ShouldBeEmpty();
        await using var after = await host.Store.Database.OpenConnectionAsync(Ct);
        (await Outbox.DueAsync(after, 100, Ct)).ShouldBeEmpty("it is dropped, not tried again");
    }

    [Fact]
    public async Task a_webhook_is_signed_holds_a_link_alone_and_is_tried_again()
    {
        await using var hook = new HookSink { Status = 503 };
        var (by, options) = (Town.Of(Profession.SpeechTherapist), Options(hook: hook.Address));
        await Preferences.ChooseAsync(by, false, true, Ct);
        await host.MustAsync(Town.Of(Profession.Physician), new IssueInstruction(
            Guid.CreateVersion7(), Town.Patient, InstructionKind.Rehabilitation, "嚥下の訓練", new Addressee(AddresseeKind.Person, by.PersonId)));
        await RoundAsync(options);
        hook.Status = 204;
        clock.Later += Outbox.PauseAfter(1);
        await RoundAsync(options);
        await RoundAsync(options);
        hook.Got.Count.ShouldBe(2);
        var (headers, body) = hook.Got.Last();
        var id = Guid.Parse(headers[WebhookSignature.IdHeader]);
        hook.Got.Select(g => g.Headers[WebhookSignature.IdHeader]).Distinct().ShouldHaveSingleItem();
        var (time, signature) = (headers[WebhookSignature.TimeHeader], headers[WebhookSignature.SignatureHeader]);
        // As a receiver reckons it from docs/operating.md, without our own code.
        signature.ShouldBe("v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(Secret), (byte[])[.. Encoding.ASCII.GetBytes(headers[WebhookSignature.IdHeader] + "." + time + "."), .. body])));
        WebhookSignature.Holds(Secret, id, time, body, signature, clock.GetUtcNow()).ShouldBeTrue();
        WebhookSignature.Holds(Secret, id, $"{long.Parse(time, CultureInfo.InvariantCulture) + 1}", body, signature, clock.GetUtcNow()).ShouldBeFalse("the time is signed");
        WebhookSignature.Holds(Secret + "x", id, time, body, signature, clock.GetUtcNow()).ShouldBeFalse();
        WebhookSignature.Holds(Secret, Guid.Empty, time, body, signature, clock.GetUtcNow()).ShouldBeFalse();
        WebhookSignature.Holds(Secret, id, time, [.. body, 32], signature, clock.GetUtcNow()).ShouldBeFalse();
        WebhookSignature.Holds(Secret, id, time, body, signature, clock.GetUtcNow().AddMinutes(6)).ShouldBeFalse("it is old");
        var said = JsonNode.Parse(body)!.AsObject();
        said.Select(p => p.Key).ShouldBe(["id", "community", "person", "since", "link"]);
        said["link"]!.GetValue<string>().ShouldBe($"https://care.example.jp/go/{id}");
        Encoding.UTF8.GetString(body).ShouldNotContain("嚥下");
    }

    [Fact]
    public async Task a_webhook_goes_to_public_addresses_only_follows_no_redirect_and_ends_when_it_is_gone()
    {
        await using var hook = new HookSink();
        var by = Town.Of(Profession.OccupationalTherapist);
        await Preferences.ChooseAsync(by, false, true, Ct);
        var dispatch = new Dispatch(Guid.CreateVersion7(), Town.Tenant, by.PersonId, DeliveryChannel.Webhook, DeliveryKind.Notice, Town.Patient, 1, 0, clock.GetUtcNow());
        foreach (var address in new[] { $"https://127.0.0.1:{hook.Port}/", $"https://localhost:{hook.Port}/", "https://[::1]/", "https://169.254.169.254/latest/meta-data", "https://10.0.0.1/" })
        {
            using var guarded = new WebhookChannel(Options(hook: new Uri(address), demo: false), Preferences, clock);
            (await guarded.SendAsync(dispatch, Ct)).ShouldBe((Attempt.Later, "the address is not public"), address);
        }

        hook.Got.ShouldBeEmpty();
        await using var elsewhere = new HookSink();
        using var channel = new WebhookChannel(Options(hook: hook.Address), Preferences, clock);
        (hook.Status, hook.Location) = (302, elsewhere.Address.ToString());
        (await channel.SendAsync(dispatch, Ct)).ShouldBe((Attempt.Later, "HTTP 302"));
        elsewhere.Got.ShouldBeEmpty();
        (hook.Status, hook.Location) = (410, null);
        (await channel.SendAsync(dispatch, Ct)).ShouldBe((Attempt.Never, "HTTP 410"));
        await Preferences.ChooseAsync(by, false, false, Ct);
        (await channel.SendAsync(dispatch, Ct)).Attempt.ShouldBe(Attempt.Unwanted);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("2002:0a00:0001::", false)]
    [InlineData("64:ff9b::a00:1", false)]
    public void an_address_is_public_or_not(string address, bool isPublic) => PublicAddresses.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Fact]
    public void settings_that_cannot_work_are_said_before_the_host_starts_and_no_secret_is_named()
    {
        Should.Throw<CannotStart>(() => Options(hook: new Uri("http://example.jp/"), demo: false)).Message.ShouldContain("https://");
        Should.Throw<CannotStart>(() => Options(more: [("HOMECARE_SMTP_HOST", "mail.example.jp")], demo: false)).Message.ShouldContain("HOMECARE_SMTP_SECURITY");
        Should.Throw<CannotStart>(() => Options(more: [("HOMECARE_SMTP_HOST", "127.0.0.1"), ("HOMECARE_MAIL_FROM", "nobody")])).Message.ShouldContain("HOMECARE_MAIL_FROM");
        var shortSecret = Should.Throw<CannotStart>(() => Options(more: [("HOMECARE_WEBHOOK:x:URL", "https://example.jp/"), ("HOMECARE_WEBHOOK:x:SECRET", "topsecret")])).Message;
        shortSecret.ShouldContain("HOMECARE_WEBHOOK__x__SECRET");
        shortSecret.ShouldNotContain("topsecret");
        Should.Throw<CannotStart>(() => Options(more: [("HOMECARE_PUBLIC_URL", "ftp://x")])).Message.ShouldContain("HOMECARE_PUBLIC_URL");
        Options(hook: new Uri("https://user.example.jp/")).Webhooks[Town.Tenant].ToString().ShouldNotContain(Secret);
    }

    [Fact]
    public async Task of_two_nodes_one_tells_and_the_other_takes_over()
    {
        await using var mail = new MailSink();
        var (by, options) = (Town.Of(Profession.Helper), Options(mail));
        await ConfirmAsync(by, "helper@example.jp");
        using var one = Service(options);
        using var two = Service(options);
        await one.StartAsync(Ct);
        await two.StartAsync(Ct);
        await host.MustAsync(Town.Of(Profession.Physician), new IssueInstruction(Guid.CreateVersion7(), Town.Patient, InstructionKind.Care, "口腔ケア", new Addressee(AddresseeKind.Person, by.PersonId)));
        await UntilAsync(() => Told() == 1);
        await one.StopAsync(Ct);
        await host.MustAsync(Town.Of(Profession.Physician), new IssueInstruction(Guid.CreateVersion7(), Town.Patient, InstructionKind.Care, "体位", new Addressee(AddresseeKind.Person, by.PersonId)));
        await UntilAsync(() => Told() == 2);
        await two.StopAsync(Ct);
        Told().ShouldBe(2);

        int Told() => mail.Got.Count(m => m.To.Contains("helper@", StringComparison.Ordinal) && !m.Text.Contains("go/address", StringComparison.Ordinal));

        static async Task UntilAsync(Func<bool> so)
        {
            for (var i = 0; i < 600 && !so(); i++)
            {
                await Task.Delay(100, Ct);
            }

            so().ShouldBeTrue();
        }
    }

    private static MimeKit.MimeMessage Message(string message)
    {
        using var stream = new MemoryStream(Encoding.Latin1.GetBytes(message));
        return MimeKit.MimeMessage.Load(stream, Ct);
    }

    private static string Decoded(string message)
    {
        using var read = Message(message);
        return ((MimeKit.TextPart)read.Body!).Text;
    }

    /// <summary>Every line of the head, decoded.</summary>
    private static string Head(string message)
    {
        using var read = Message(message);
        return string.Join('\n', read.Headers.Select(h => $"{h.Field}: {h.Value}"));
    }

    [GeneratedRegex(@"https://care\.example\.jp/go/(?<id>[0-9a-f-]{36})")]
    private static partial Regex Link();

    [GeneratedRegex(@"go/address\?token=(?<token>\S+)")]
    private static partial Regex Token();

    [GeneratedRegex("(?<=Message-Id: ).*")]
    private static partial Regex MessageId();
}

/// <summary>A host whose operator has set up a mail server and a webhook.</summary>
public sealed class TellingHost : WebHost
{
    internal override IEnumerable<string> More =>
    [
        "--HOMECARE_PUBLIC_URL=https://care.example.jp", "--HOMECARE_SMTP_HOST=127.0.0.1", "--HOMECARE_SMTP_PORT=9", "--HOMECARE_SMTP_SECURITY=none", "--HOMECARE_MAIL_FROM=homecare@example.jp",
        $"--HOMECARE_WEBHOOK:{Town.Tenant}:URL=https://hooks.example.jp/", $"--HOMECARE_WEBHOOK:{Town.Tenant}:SECRET=0123456789abcdef0123456789abcdef",
    ];
}

/// <summary>What people see under Settings where the operator has set up ways to be told.</summary>
public sealed class DeliverySettingsTests(TellingHost host) : IClassFixture<TellingHost>
{
    private async Task<string> SettingsAsync(Actor by) =>
        WebUtility.HtmlDecode(await (await host.AsAsync(by)).GetStringAsync(new Uri("/settings?culture=en", UriKind.Relative), TestContext.Current.CancellationToken));

    [Fact]
    public async Task everybody_with_a_record_to_see_may_choose_and_nothing_is_chosen_at_first()
    {
        var page = await SettingsAsync(Town.Of(Profession.Nurse));
        page.ShouldContain("id=\"by-webhook\"");
        page.ShouldContain("id=\"by-email\"");
        page.Split("<input").Where(i => i.Contains("id=\"by-", StringComparison.Ordinal)).Select(i => i.Split('>')[0])
            .ShouldAllBe(tag => !tag.Contains("checked", StringComparison.Ordinal));
        page.ShouldContain("There is no confirmed address");
        (await SettingsAsync(Town.Of(Profession.Administrator))).ShouldNotContain("by-email");
        (await SettingsAsync(Town.OtherNurse)).ShouldNotContain("by-webhook", Case.Sensitive, "the other community has no webhook");
    }
}
