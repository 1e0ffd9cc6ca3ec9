using HomeCare.VitalSigns;
using HomeCare.Visits;
using static HomeCare.Watching.AlertRuleTable;

namespace HomeCare.Watching;

/// <summary>The rules. Readings are taken in the order in which they were measured, whenever they arrived; of two in the same minute the one written
/// last stands. Pure: no clock but the moment that is asked about.</summary>
internal sealed class AlertRules(WatchRecord record)
{
    private readonly bool heartFailure = record.HasHeartFailure;
    private readonly Dictionary<VitalSign, (WatchedSet Set, VitalAlert? Alert)> latest = [];
    private readonly Dictionary<VitalSign, WatchedSet> unmeasured = [];
    private readonly Dictionary<SoftSign, WatchedSigns> noticed = [];
    private readonly List<WatchedSet> weights = [];
    private readonly List<WatchedSet> pressures = [];
    private WatchedSet? scored;
    private readonly List<WatchedSet> stools = [];

    /// <summary>Takes the next set.</summary>
    public void Take(WatchedSet set)
    {
        foreach (var sign in set.Measured)
        {
            latest[sign] = (set, null);
            unmeasured.Remove(sign);
        }

        foreach (var alert in set.Alerts)
        {
            // Also what a meter shows without a number.
            latest[alert.Sign] = (set, alert);
        }

        foreach (var sign in set.Unmeasured.Where(Vital.Contains))
        {
            unmeasured[sign] = set;
        }

        Take(set.Score, set);
        if (set.Weight is not null)
        {
            Put(weights, set);
        }

        if (set.Systolic is not null)
        {
            Put(pressures, set);
        }

        if (set.Stool)
        {
            stools.Add(set);
        }
    }

    /// <summary>Takes what was noticed next.</summary>
    public void Take(WatchedSigns signs)
    {
        foreach (var sign in signs.Signs)
        {
            noticed[sign] = signs;
        }
    }

    /// <summary>A set that lacks inputs can raise an alert and not end one, unless it has measured again everything that scored.</summary>
    private void Take(WatchedScore? score, WatchedSet set)
    {
        if (score is null)
        {
            return;
        }

        var again = scored?.Score is not { } before || before.Scoring.All(score.Measured.Contains);
        if (score.Band != News2Band.None && (again || score.Band >= scored!.Score!.Band))
        {
            scored = set;
        }
        else if (again && score.Band == News2Band.None)
        {
            scored = null;
        }
    }

    private static void Put(List<WatchedSet> sets, WatchedSet set)
    {
        if (sets.Count > 0 && AlertItems.Minute(sets[^1].At) == AlertItems.Minute(set.At))
        {
            sets.RemoveAt(sets.Count - 1);
        }

        sets.Add(set);
    }

    /// <summary>What is pointed out at a moment, of what was taken so far.</summary>
    public IEnumerable<Alert> Standing(DateTimeOffset at)
    {
        foreach (var (sign, (set, alert)) in latest.OrderBy(l => l.Key))
        {
            if (alert is not null && at - set.At < Judged)
            {
                yield return Of(AlertRule.VitalRange, $"range/{sign}/{alert.Side}", LevelOf(set.At), Reading(set, alert.Value)) with
                {
                    Sign = sign, Bound = alert.Bound, Side = alert.Side, ByPhysician = alert.ByPhysician,
                };
            }
        }

        if (!record.News2Off && scored is { Score: { } score } && at - scored.At < Judged)
        {
            yield return Of(AlertRule.News2, $"news2/{score.Band}", LevelOf(scored.At), Reading(scored, score.Points)) with { Band = score.Band, Amount = score.Points, IsTotal = score.IsTotal };
        }

        foreach (var (sign, set) in unmeasured.OrderBy(u => u.Key))
        {
            if (at - set.At < Noticed)
            {
                yield return Of(AlertRule.Unmeasurable, $"unmeasured/{sign}", AlertLevel.Today, Reading(set)) with { Sign = sign };
            }
        }

        if (heartFailure && Gained(at) is { } gained)
        {
            yield return gained;
        }

        foreach (var sign in Pressures)
        {
            if (OverTarget(sign, at) is { } over)
            {
                yield return over;
            }
        }

        foreach (var (sign, signs) in noticed.OrderBy(n => n.Key))
        {
            if (at - signs.At < Noticed)
            {
                yield return Of(sign == SoftSign.MedicineLeft ? AlertRule.MedicineLeft : AlertRule.SoftSign, $"soft/{sign}", AlertLevel.Today,
                    new Evidence(signs.SourceId, signs.At, signs.Sequence, Words: signs.ByName)) with { Noticed = sign };
            }
        }

        foreach (var visit in record.Visits.Where(v => at >= v.MissedAt && at - v.MissedAt < Judged && !(at >= v.DoneAt)))
        {
            yield return Of(AlertRule.MissedVisit, $"missed/{visit.VisitId}", AlertLevel.Today, new Evidence(visit.VisitId, visit.PlannedAt, 0, Words: visit.VisitorName));
        }

        foreach (var due in record.Instructions.Where(i => at > i.DueAt && !(at >= i.OverAt)))
        {
            yield return Of(AlertRule.OverdueInstruction, $"overdue/{due.InstructionId}", AlertLevel.Now, new Evidence(due.InstructionId, due.DueAt, 0, Words: due.Text));
        }

        // Where stool is written down only at visits, three days without are nothing to tell of.
        if (stools is [.., var last] && at - last.At >= WithoutStool && at - last.At < WithoutStool + Judged && stools.Count(s => last.At - s.At <= StoolsWithin) >= StoolsKept)
        {
            yield return Of(AlertRule.NoStool, "stool", AlertLevel.Today, Reading(last));
        }

        AlertLevel LevelOf(DateTimeOffset measured) => at - measured < Fresh ? AlertLevel.Now : AlertLevel.Today;
    }

    private static readonly VitalSign[] Pressures = [VitalSign.Systolic, VitalSign.Diastolic];

    private Alert? Gained(DateTimeOffset at)
    {
        if (weights is not [.., var last] || at - last.At >= Judged)
        {
            return null;
        }

        var least = weights.Where(w => last.At - w.At <= WeightWithin).MinBy(w => w.Weight)!;
        return last.Weight - least.Weight is var gain && gain >= WeightGain
            ? Of(AlertRule.WeightGain, "weight", AlertLevel.Today, Reading(least, least.Weight), Reading(last, last.Weight)) with { Sign = VitalSign.Weight, Side = AlertSide.Above, Amount = gain }
            : null;
    }

    private Alert? OverTarget(VitalSign sign, DateTimeOffset at)
    {
        var last = pressures.Where(p => Of(p, sign) is not null && at - p.At < PressuresWithin).TakeLast(PressuresLookedAt).ToList();
        if (last.Count < PressuresOver || at - last[^1].At >= Judged)
        {
            return null;
        }

        var over = last.Where(p => Of(p, sign) > TargetOn(sign, JapanTime.DayOf(p.At))).ToList();
        return over.Count < PressuresOver ? null
            : Of(AlertRule.PressureOverTarget, $"pressure/{sign}", AlertLevel.Today, [.. over.Select(p => Reading(p, Of(p, sign)))]) with
            {
                Sign = sign, Side = AlertSide.Above, ByPhysician = true, Amount = over.Count, Bound = TargetOn(sign, JapanTime.DayOf(over[^1].At)),
            };
    }

    private static decimal? Of(WatchedSet set, VitalSign sign) => sign == VitalSign.Systolic ? set.Systolic : set.Diastolic;

    private decimal? TargetOn(VitalSign sign, DateOnly day) => record.Ranges.Where(r => r.Sign == sign && r.HoldsOn(day)).MaxBy(r => r.From)?.High;

    private static Alert Of(AlertRule rule, string key, AlertLevel level, params IReadOnlyList<Evidence> evidence) => new(rule, RevisionOf(rule), key, level, evidence);

    private static Evidence Reading(WatchedSet set, decimal? value = null) => new(set.SourceId, set.At, set.Sequence, value, Corrected: set.Corrected);
}
