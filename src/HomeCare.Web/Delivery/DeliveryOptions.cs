using System.Globalization;
using System.Net;

namespace HomeCare.Web.Delivery;

/// <summary>What the operator set for telling people outside the page (docs/operating.md). Nothing set: nothing is sent.</summary>
public sealed class DeliveryOptions
{
    /// <summary>The shortest secret of a webhook, in characters.</summary>
    public const int ShortestSecret = 32;

    /// <summary>Where people reach this installation; links begin with it. Null: nothing is sent.</summary>
    public Uri? PublicUrl { get; private init; }

    /// <summary>The mail server; null: no e-mail.</summary>
    public MailServer? Mail { get; private init; }

    /// <summary>Webhooks by community.</summary>
    public IReadOnlyDictionary<string, Webhook> Webhooks { get; private init; } = new Dictionary<string, Webhook>();

    /// <summary>Whether webhooks may go to addresses that are not public.</summary>
    public bool PrivateAllowed { get; private init; }

    /// <summary>A mail server.</summary>
    /// <param name="Host">Its name.</param>
    /// <param name="Port">Its port.</param>
    /// <param name="Security">How the connection is encrypted.</param>
    /// <param name="From">The sender's address.</param>
    /// <param name="User">The name to sign in with; null: none.</param>
    /// <param name="Password">The password.</param>
    public sealed record MailServer(string Host, int Port, MailSecurity Security, string From, string? User, string? Password)
    {
        /// <summary>Without the password.</summary>
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port} ({Security})");
    }

    /// <summary>How a connection to the mail server is encrypted.</summary>
    public enum MailSecurity
    {
        /// <summary>STARTTLS, required.</summary>
        StartTls,
        /// <summary>TLS from the first byte.</summary>
        Tls,
        /// <summary>Not at all: only to the same machine, or in the demo.</summary>
        None,
    }

    /// <summary>A community's webhook.</summary>
    /// <param name="Url">Where to.</param>
    /// <param name="Secret">Signs what is sent.</param>
    public sealed record Webhook(Uri Url, string Secret)
    {
        /// <summary>Without the secret, and without what its address may hold of one.</summary>
        public override string ToString() => Url.Host;
    }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="CannotStart">One of them is missing or wrong; no secret is named in the message.</exception>
    public static DeliveryOptions Of(IConfiguration settings)
    {
        var demo = settings["HOMECARE_DEMO"] == "1";
        var options = new DeliveryOptions
        {
            PublicUrl = UrlOf(settings["HOMECARE_PUBLIC_URL"], "HOMECARE_PUBLIC_URL", demo),
            Mail = MailOf(settings, demo),
            Webhooks = settings.GetSection("HOMECARE_WEBHOOK").GetChildren().ToDictionary(c => c.Key, c => WebhookOf(c, demo), StringComparer.Ordinal),
            PrivateAllowed = demo || settings["HOMECARE_WEBHOOK_PRIVATE"] == "1",
        };
        return options.PublicUrl is null && (options.Mail is not null || options.Webhooks.Count > 0)
            ? throw new CannotStart("HOMECARE_PUBLIC_URL is not set: messages need the address under which people reach this installation, such as https://care.example.jp.")
            : options;
    }

    private static Webhook WebhookOf(IConfigurationSection community, bool demo)
    {
        var name = $"HOMECARE_WEBHOOK__{community.Key}__";
        var url = UrlOf(community["URL"], name + "URL", demo) ?? throw new CannotStart($"{name}URL is not set.");
        return community["SECRET"] is { Length: >= ShortestSecret } secret
            ? new Webhook(url, secret)
            : throw new CannotStart($"{name}SECRET needs at least {ShortestSecret.ToString(CultureInfo.InvariantCulture)} characters: make one with \"openssl rand -hex 32\".");
    }

    private static MailServer? MailOf(IConfiguration settings, bool demo)
    {
        if (settings["HOMECARE_SMTP_HOST"] is not { Length: > 0 } host)
        {
            return null;
        }

        var security = settings["HOMECARE_SMTP_SECURITY"] switch
        {
            null or "" or "starttls" => MailSecurity.StartTls,
            "tls" => MailSecurity.Tls,
            "none" => MailSecurity.None,
            _ => throw new CannotStart("HOMECARE_SMTP_SECURITY is one of starttls, tls and none."),
        };
        if (security == MailSecurity.None && !demo && !(host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))))
        {
            throw new CannotStart("HOMECARE_SMTP_SECURITY=none is for a mail server on this machine only: use starttls or tls.");
        }

        var given = settings["HOMECARE_SMTP_PORT"];
        var port = security == MailSecurity.Tls ? 465 : 587;
        if (!string.IsNullOrEmpty(given) && !(int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and < 65536))
        {
            throw new CannotStart("HOMECARE_SMTP_PORT is not a port.");
        }

        return settings["HOMECARE_MAIL_FROM"] is { } from && HomeCare.Delivery.DeliveryPreferences.IsAddress(from)
            ? new MailServer(host, port, security, from, settings["HOMECARE_SMTP_USER"], settings["HOMECARE_SMTP_PASSWORD"])
            : throw new CannotStart("HOMECARE_MAIL_FROM is not an e-mail address: set the address that messages come from.");
    }

    private static Uri? UrlOf(string? text, string name, bool demo) => string.IsNullOrEmpty(text) ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (demo && url.Scheme == Uri.UriSchemeHttp)) && url.UserInfo.Length == 0
            ? url
            : throw new CannotStart($"{name} is not an address that begins with https:// and holds no user name.");
}
