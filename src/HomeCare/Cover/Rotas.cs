namespace HomeCare.Cover;

/// <summary>The rotas of a community as they stand, and who is on call by them. Pure.</summary>
/// <param name="ByOrganisation">Each organisation's rota; one without a rota is not in it.</param>
public sealed record Rotas(IReadOnlyDictionary<Guid, Rota> ByOrganisation)
{
    /// <summary>How far one rota may point to another.</summary>
    private const int Deepest = 3;

    /// <summary>None.</summary>
    public static Rotas None { get; } = new(new Dictionary<Guid, Rota>());

    /// <summary>Who keeps a rota: the organisation's own people, and whoever keeps the community.</summary>
    public static bool IsKeptBy(Guid organisationId, Actor by) =>
        by.OrganisationId == organisationId || by.Profession is Profession.Administrator or Profession.Import;

    /// <summary>Who is on call for an organisation at an instant, the first to be called first. Empty: nobody.</summary>
    public IReadOnlyList<Guid> OnCall(Guid organisationId, DateTimeOffset now) => [.. OnCall(organisationId, now, 0).Distinct()];

    private IEnumerable<Guid> OnCall(Guid organisationId, DateTimeOffset now, int depth)
    {
        if (depth > Deepest || !ByOrganisation.TryGetValue(organisationId, out var rota))
        {
            return [];
        }

        // What was handed over last stands before the rota; the rota's own people come after, should the other not answer.
        var handed = rota.HandedOver.Reverse().Where(h => h.From <= now && now < h.Until).Select(h => h.ToPersonId).Take(1);
        return handed.Concat(rota.Turns.Where(t => t.Covers(now)).OrderBy(t => t.Rank)
            .SelectMany(t => t.PersonId is { } person ? [person] : OnCall(t.OrganisationId!.Value, now, depth + 1)));
    }

    /// <summary>The times within a period at which nobody who is there is on call, in order.</summary>
    /// <param name="organisationId">Whose rota.</param>
    /// <param name="from">Begin of the period.</param>
    /// <param name="until">End of the period.</param>
    /// <param name="isThere">Whether a person still belongs to the community.</param>
    public IReadOnlyList<Gap> Gaps(Guid organisationId, DateTimeOffset from, DateTimeOffset until, Func<Guid, bool> isThere)
    {
        var gaps = new List<Gap>();
        var edges = Edges(from, until).Where(e => e > from && e < until).Append(from).Append(until).Distinct().Order().ToList();
        for (var i = 0; i + 1 < edges.Count; i++)
        {
            if (OnCall(organisationId, edges[i]).Any(isThere))
            {
                continue;
            }

            if (gaps.Count > 0 && gaps[^1].Until == edges[i])
            {
                gaps[^1] = gaps[^1] with { Until = edges[i + 1] };
            }
            else
            {
                gaps.Add(new Gap(edges[i], edges[i + 1]));
            }
        }

        return gaps;
    }

    /// <summary>Every instant at which any rota may change: cheap, and never misses one.</summary>
    private IEnumerable<DateTimeOffset> Edges(DateTimeOffset from, DateTimeOffset until)
    {
        var times = ByOrganisation.Values.SelectMany(r => r.Turns).SelectMany(t => new[] { t.Start, t.End }).Append(TimeOnly.MinValue).Distinct().ToList();
        for (var day = JapanTime.DayOf(from); day <= JapanTime.DayOf(until); day = day.AddDays(1))
        {
            foreach (var time in times)
            {
                yield return JapanTime.At(day, time);
            }
        }

        foreach (var handed in ByOrganisation.Values.SelectMany(r => r.HandedOver))
        {
            yield return handed.From;
            yield return handed.Until;
        }
    }
}

/// <summary>A time in which nobody is on call.</summary>
public sealed record Gap(DateTimeOffset From, DateTimeOffset Until);
