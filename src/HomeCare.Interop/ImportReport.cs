using System.Globalization;

namespace HomeCare.Interop;

/// <summary>What an import came to, by type and reason. It names resources by type and id, never people.</summary>
public sealed class ImportReport
{
    /// <summary>Resources named for one reason; further ones are counted.</summary>
    private const int Named = 20;

    private readonly Dictionary<(string Type, bool NotTaken, string Key, string Arguments), Reason> reasons = [];
    private readonly SortedDictionary<string, SortedDictionary<string, int>> notKept = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Tally> tallies = new(StringComparer.Ordinal);

    internal ImportReport(IReadOnlyDictionary<string, int> counts)
    {
        foreach (var (type, count) in counts)
        {
            tallies[type] = new Tally { Read = count };
        }
    }

    /// <summary>Counts by resource type.</summary>
    public IReadOnlyDictionary<string, Tally> Tallies => tallies;

    /// <summary>Why resources were not taken (<see cref="Reason.NotTaken"/>), or how they were.</summary>
    public IReadOnlyCollection<Reason> Reasons => reasons.Values;

    /// <summary>Parts that were not kept, by type and path, with the number of resources.</summary>
    public IReadOnlyDictionary<string, SortedDictionary<string, int>> NotKept => notKept;

    /// <summary>People imported whose care team not everybody could join.</summary>
    public int TeamsRefused { get; private set; }

    internal void Add(ImportedResource resource, ImportRun.Result result)
    {
        var tally = tallies[resource.Resource.Type];
        if (result.Refusal is { } refusal)
        {
            tally.NotTaken++;
            Count(refusal);
            return;
        }

        if (resource.WithAnother)
        {
            tally.WithAnother++;
        }
        else if (result.Written > 0)
        {
            tally.Written++;
        }
        else
        {
            tally.Unchanged++;
        }

        TeamsRefused += result.TeamRefused ? 1 : 0;
        foreach (var finding in resource.Findings)
        {
            Count(finding);
        }

        foreach (var part in resource.NotKept)
        {
            var parts = notKept.TryGetValue(resource.Resource.Type, out var known) ? known : notKept[resource.Resource.Type] = new(StringComparer.Ordinal);
            parts[part] = parts.GetValueOrDefault(part) + 1;
        }
    }

    /// <summary>Writes it for a person to read.</summary>
    public void Write(TextWriter output, ImportWords words)
    {
        foreach (var (type, t) in tallies)
        {
            var parts = new[] { ("report.written", t.Written), ("report.unchanged", t.Unchanged), ("report.with_another", t.WithAnother), ("report.not_taken", t.NotTaken) };
            output.WriteLine($"{type} {t.Read.ToString(CultureInfo.InvariantCulture)}: {string.Join(", ", parts.Where(p => p.Item2 > 0).Select(p => $"{words.Say(p.Item1)} {p.Item2.ToString(CultureInfo.InvariantCulture)}"))}");
        }

        Section("report.reasons", reasons.Values.Where(r => r.NotTaken));
        Section("report.remarks", reasons.Values.Where(r => !r.NotTaken));
        if (notKept.Count > 0)
        {
            output.WriteLine();
            output.WriteLine(words.Say("report.not_kept"));
            foreach (var (type, parts) in notKept)
            {
                output.WriteLine($"  {type}: {string.Join(", ", parts.Select(p => $"{p.Key} {p.Value.ToString(CultureInfo.InvariantCulture)}"))}");
            }
        }

        if (TeamsRefused > 0)
        {
            output.WriteLine();
            output.WriteLine(words.Say("report.team_refused", TeamsRefused));
        }

        void Section(string heading, IEnumerable<Reason> all)
        {
            var any = false;
            foreach (var reason in all.OrderBy(r => r.Type, StringComparer.Ordinal).ThenBy(r => r.Key, StringComparer.Ordinal).ThenByDescending(r => r.Count))
            {
                if (!any)
                {
                    output.WriteLine();
                    output.WriteLine(words.Say(heading));
                    any = true;
                }

                output.WriteLine($"  {reason.Type} {reason.Count.ToString(CultureInfo.InvariantCulture)}: {words.Say(reason.Key, [.. reason.Arguments])}");
                output.WriteLine($"    {string.Join(", ", reason.Resources.Order(StringComparer.Ordinal))}{(reason.Count > reason.Resources.Count ? $" {words.Say("report.more", reason.Count - reason.Resources.Count)}" : "")}");
            }
        }
    }

    private void Count(Finding finding)
    {
        var key = (finding.Resource.Type, finding.NotTaken, finding.Key, string.Join('\u001f', finding.Arguments.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture))));
        if (!reasons.TryGetValue(key, out var reason))
        {
            reasons[key] = reason = new Reason(finding.Resource.Type, finding.NotTaken, finding.Key, finding.Arguments);
        }

        reason.Add(finding, Named);
    }

    /// <summary>Counts of one resource type.</summary>
    public sealed class Tally
    {
        /// <summary>In the files, each version and repetition counted.</summary>
        public int Read { get; internal set; }

        /// <summary>Written, new or changed.</summary>
        public int Written { get; internal set; }

        /// <summary>Known already, as they are.</summary>
        public int Unchanged { get; internal set; }

        /// <summary>Part of another resource's record, an older version, or the same once more.</summary>
        public int WithAnother { get; internal set; }

        /// <summary>Not taken.</summary>
        public int NotTaken { get; internal set; }
    }

    /// <summary>One reason, for all resources of a type that it holds for.</summary>
    public sealed class Reason(string type, bool notTaken, string key, IReadOnlyList<object> arguments)
    {
        private readonly List<string> resources = [];

        /// <summary>Resource type.</summary>
        public string Type { get; } = type;

        /// <summary>Nothing of them was taken; otherwise it is a remark.</summary>
        public bool NotTaken { get; } = notTaken;

        /// <summary>Key of <see cref="ImportWords"/>.</summary>
        public string Key { get; } = key;

        /// <summary>What the sentence needs.</summary>
        public IReadOnlyList<object> Arguments { get; } = arguments;

        /// <summary>For how many resources.</summary>
        public int Count { get; private set; }

        /// <summary>The first of them by name.</summary>
        public IReadOnlyList<string> Resources => resources;

        internal void Add(Finding finding, int atMost)
        {
            Count++;
            var shown = finding.Detail is null ? finding.Resource.Id : $"{finding.Resource.Id} ({finding.Detail})";
            if (resources.Count < atMost)
            {
                resources.Add(shown);
            }
        }
    }
}
