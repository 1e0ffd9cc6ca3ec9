using System.Globalization;
using System.Net.Sockets;
using HomeCare.Delivery;
using HomeCare.Web.Words;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Localization;
using MimeKit;

namespace HomeCare.Web.Delivery;

/// <summary>Sends e-mail: a sentence in both languages and a link. Nothing in it says about whom or what.</summary>
internal sealed class MailChannel(DeliveryOptions options, DeliveryPreferences preferences, ConfirmationLinks links, IStringLocalizer<DeliveryWords> words) : IDeliveryChannel
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public DeliveryChannel Channel => DeliveryChannel.Email;

    public bool Serves(string tenantId) => options.Mail is not null;

    public async Task<(Attempt Attempt, string? Error)> SendAsync(Dispatch delivery, CancellationToken ct)
    {
        if (options.Mail is not { } server || options.PublicUrl is not { } site)
        {
            return (Attempt.Later, "no mail server is set");
        }

        string? address, link;
        if (delivery.Kind == DeliveryKind.Confirmation)
        {
            if (await preferences.PendingAsync(delivery.TenantId, delivery.PersonId, ct) is not { } pending)
            {
                return (Attempt.Unwanted, null);
            }

            (address, link) = (pending.Email, links.Of(site, pending));
        }
        else
        {
            var wishes = await preferences.OfAsync(delivery.TenantId, delivery.PersonId, ct);
            if (wishes is not { ByEmail: true, Email: { } confirmed })
            {
                return (Attempt.Unwanted, null);
            }

            (address, link) = (confirmed, new Uri(site, $"go/{delivery.DeliveryId}").ToString());
        }

        using var message = Message(delivery, server.From, address, link);
        try
        {
            await SendAsync(server, message, ct);
            return (Attempt.Sent, null);
        }
        catch (SmtpCommandException e)
        {
            // The address is refused for good: 5yz to the recipient (RFC 5321, section 4.2.1). Anything else may pass.
            var code = ((int)e.StatusCode).ToString(CultureInfo.InvariantCulture);
            return (e.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)e.StatusCode >= 500 ? Attempt.Never : Attempt.Later, $"SMTP {e.ErrorCode} {code}");
        }
        catch (Exception e) when (e is SocketException or IOException or ServiceNotConnectedException or ProtocolException or AuthenticationException or SslHandshakeException or NotSupportedException or TimeoutException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return (Attempt.Later, e.GetType().Name);
        }
    }

    private static async Task SendAsync(DeliveryOptions.MailServer server, MimeMessage message, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Longest);
        using var client = new SmtpClient();
        await client.ConnectAsync(server.Host, server.Port, server.Security switch
        {
            DeliveryOptions.MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            DeliveryOptions.MailSecurity.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        }, limit.Token);
        if (server.User is { Length: > 0 } user)
        {
            await client.AuthenticateAsync(user, server.Password ?? "", limit.Token);
        }

        await client.SendAsync(message, limit.Token);
        await client.DisconnectAsync(quit: true, limit.Token);
    }

    private MimeMessage Message(Dispatch delivery, string from, string to, string link)
    {
        var confirms = delivery.Kind == DeliveryKind.Confirmation;
        var message = new MimeMessage
        {
            Subject = In("ja", confirms ? "mail.confirm_subject" : "mail.subject"),
            // The same for every attempt, so that a mail server can tell repeats.
            MessageId = $"{delivery.DeliveryId}@homecare",
            Date = delivery.CreatedAt,
            Body = new TextPart("plain")
            {
                Text = string.Join("\r\n\r\n", In("ja", confirms ? "mail.confirm" : "mail.notice"), link, In("en", confirms ? "mail.confirm" : "mail.notice"), In("ja", "mail.foot"), In("en", "mail.foot")) + "\r\n",
            },
        };
        message.From.Add(new MailboxAddress("HomeCare", from));
        message.To.Add(MailboxAddress.Parse(to));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private string In(string language, string key)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return words[key];
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
