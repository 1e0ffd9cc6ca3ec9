using System.Text.Json;
using FluentValidation;
using HomeCare.EventStore;
using Npgsql;

namespace HomeCare.Communities;

/// <summary>What the community does when a score asks for something: who telephones whom, home visit, transfer according to the person's wish.</summary>
/// <remarks>Source of the bands: Royal College of Physicians, NEWS2, 2017, thresholds and triggers. Its responses are written for hospitals;
/// what they mean at home is for each community to define.</remarks>
/// <param name="SingleThree">A 3 in a single sign, below 5 altogether; at most 500 characters; null: not defined yet.</param>
/// <param name="Urgent">5–6.</param>
/// <param name="Emergency">7 and more.</param>
public sealed record News2Acts(string? SingleThree, string? Urgent, string? Emergency)
{
    /// <summary>Nothing defined yet.</summary>
    public static News2Acts None { get; } = new(null, null, null);

    /// <summary>The defined act of a band; null: none is asked for, or none is defined.</summary>
    public string? Of(VitalSigns.News2Band band) => band switch
    {
        VitalSigns.News2Band.SingleThree => SingleThree,
        VitalSigns.News2Band.Urgent => Urgent,
        VitalSigns.News2Band.Emergency => Emergency,
        _ => null,
    };
}

/// <summary>Define what the community does when a score asks for something.</summary>
/// <param name="Acts">All bands; one left out is not defined.</param>
public sealed record DefineNews2Acts(News2Acts Acts) : ICommand<Community>
{
    string ICommand<Community>.Stream => Community.Stream;

    /// <inheritdoc/>
    public Guid? PatientOf(Community state) => null;

    /// <inheritdoc/>
    public Decision Decide(Community state, Situation situation) =>
        state.News2Acts == Acts ? Decision.AlreadySo : Decision.Accept(new News2ActsDefined(Acts));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<DefineNews2Acts>
    {
        /// <summary>Longest of each.</summary>
        public const int Longest = 500;

        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.Acts).NotNull();
            RuleFor(c => c.Acts).ChildRules(acts =>
            {
                acts.RuleFor(a => a.SingleThree).MaximumLength(Longest);
                acts.RuleFor(a => a.Urgent).MaximumLength(Longest);
                acts.RuleFor(a => a.Emergency).MaximumLength(Longest);
            }).When(c => c.Acts is not null);
        }
    }
}

/// <summary>The community defined what it does when a score asks for something.</summary>
public sealed record News2ActsDefined(News2Acts Acts);

/// <summary>What a community has settled for itself.</summary>
public sealed class CommunitiesView : IView
{
    /// <inheritdoc/>
    public string Name => "communities";

    /// <inheritdoc/>
    public int Revision => 2;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["news2_acts", "escalation_rules"];

    /// <inheritdoc/>
    public string Ddl =>
        """
        create table news2_acts (tenant_id text primary key, single_three text, urgent text, emergency text);
        create table escalation_rules (tenant_id text primary key, rules jsonb not null);
        """;

    /// <inheritdoc/>
    public void Project(StoredEvent e, ViewBatch batch)
    {
        if (e.Data is News2ActsDefined { Acts: var acts })
        {
            batch.Add(
                """
                insert into news2_acts values ($1, $2, $3, $4)
                on conflict (tenant_id) do update set single_three = excluded.single_three, urgent = excluded.urgent, emergency = excluded.emergency
                """,
                e.TenantId, acts.SingleThree, acts.Urgent, acts.Emergency);
        }
        else if (e.Data is EscalationDefined { Escalation: var rules })
        {
            batch.Add("insert into escalation_rules values ($1, $2::jsonb) on conflict (tenant_id) do update set rules = excluded.rules",
                e.TenantId, JsonSerializer.Serialize(rules, Json.Options));
        }
    }
}

/// <summary>Reads what a community has settled for itself.</summary>
public sealed class CommunityReader(NpgsqlDataSource database, Access access)
{
    /// <summary>What the community does when a score asks for something; nothing defined for somebody who does not belong to it.</summary>
    public async Task<News2Acts> News2ActsAsync(Actor by, CancellationToken ct = default) =>
        await access.BelongsAsync(by, ct) && await Query.RowsAsync(database,
            "select single_three, urgent, emergency from news2_acts where tenant_id = $1",
            r => new News2Acts(Sql.Text(r, 0), Sql.Text(r, 1), Sql.Text(r, 2)), ct, by.TenantId) is [var acts] ? acts : News2Acts.None;

    /// <summary>How long each step of an instruction may take; the defaults for somebody who does not belong to the community.</summary>
    public async Task<EscalationRules> EscalationAsync(Actor by, CancellationToken ct = default) =>
        await access.BelongsAsync(by, ct) ? await EscalationAsync(database, by.TenantId, ct) : EscalationRules.Default;

    internal static async Task<EscalationRules> EscalationAsync(NpgsqlDataSource database, string tenantId, CancellationToken ct) =>
        await Query.RowsAsync(database, "select rules from escalation_rules where tenant_id = $1",
            r => Query.FromJson<EscalationRules>(r, 0)!, ct, tenantId) is [var rules] ? rules : EscalationRules.Default;
}
