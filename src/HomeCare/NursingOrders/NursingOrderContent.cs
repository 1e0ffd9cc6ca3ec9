using HomeCare.Patients;

namespace HomeCare.NursingOrders;

/// <summary>What an order says, in the fields of its form. A kind of order uses those that its form has; the others stay empty.</summary>
/// <remarks>Source: the ministry's forms 別紙様式16 (訪問看護指示書), 17 and 17の2 (精神科), 18 (特別訪問看護指示書・在宅患者訪問点滴注射指示書), 34 (介護職員等喀痰吸引等指示書), and the
/// project's care rules, "Orders".</remarks>
/// <param name="StationId">The nursing station (訪問看護ステーション) that the person chose; of an order for suction the home-help office (訪問介護事業所).</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day; null: blank, which on the ordinary forms means one month.</param>
public sealed record NursingOrderContent(Guid StationId, DateOnly From, DateOnly? Until = null)
{
    /// <summary>The day of the examination that the order rests on; the period of a special order is counted from it.</summary>
    public DateOnly? ExaminedOn { get; init; }

    /// <summary>Whether the person, or who stands for them, consents to the visits and chose the station.</summary>
    public bool Consent { get; init; }

    /// <summary>Address of the person, at most 300 characters.</summary>
    public string? Address { get; init; }

    /// <summary>Telephone of the person, at most 30 characters.</summary>
    public string? Telephone { get; init; }

    /// <summary>Home or facility where the person lives, on the psychiatric form; at most 100 characters.</summary>
    public string? Facility { get; init; }

    /// <summary>Principal diagnoses (主たる傷病名), one to three.</summary>
    public IReadOnlyList<OrderDiagnosis> Diagnoses { get; init; } = [];

    /// <summary>State and treatment (病状・治療状態), or complaint on the special forms; at most 2,000 characters.</summary>
    public string? State { get; init; }

    /// <summary>Why visits are needed often for a time, on the special forms; at most 2,000 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>Why a second special order of the month is permitted.</summary>
    public SecondSpecialReason? SecondReason { get; init; }

    /// <summary>Medicines with dose and usage, at most 20.</summary>
    public IReadOnlyList<OrderDrug> Drugs { get; init; } = [];

    /// <summary>寝たきり度</summary>
    public BedriddenLevel? Bedridden { get; init; }

    /// <summary>認知症の状況</summary>
    public DementiaLevel? Dementia { get; init; }

    /// <summary>要介護認定の状況</summary>
    public CareLevel? CareLevel { get; init; }

    /// <summary>褥瘡の深さ</summary>
    public UlcerDepth? Ulcer { get; init; }

    /// <summary>Devices worn or used, at most 13: one of each.</summary>
    public IReadOnlyList<OrderDevice> Devices { get; init; } = [];

    /// <summary>I: notes for guiding the life at home (療養生活指導上の留意事項), or the notes of the special forms; at most 2,000 characters.</summary>
    public string? CareNotes { get; init; }

    /// <summary>II 1: rehabilitation by therapists.</summary>
    public OrderTherapy? Therapy { get; init; }

    /// <summary>II 2: care of a pressure ulcer or wound; at most 1,000 characters.</summary>
    public string? WoundCare { get; init; }

    /// <summary>II 3: handling of devices; at most 1,000 characters.</summary>
    public string? DeviceCare { get; init; }

    /// <summary>II 4: other; at most 1,000 characters.</summary>
    public string? OtherCare { get; init; }

    /// <summary>Infusion, on the infusion form.</summary>
    public OrderInfusion? Infusion { get; init; }

    /// <summary>What only the psychiatric forms have.</summary>
    public PsychiatricPart? Psychiatric { get; init; }

    /// <summary>What only the form for suction and tube feeding has.</summary>
    public SuctionPart? Suction { get; init; }

    /// <summary>緊急時の連絡先; at most 300 characters.</summary>
    public string? EmergencyContact { get; init; }

    /// <summary>不在時の対応; at most 300 characters.</summary>
    public string? WhenAbsent { get; init; }

    /// <summary>特記すべき留意事項: interactions, allergies to medicines and the like; at most 2,000 characters.</summary>
    public string? SpecialNotes { get; init; }

    /// <summary>Another station that has an order; null: none. At most 100 characters.</summary>
    public string? OtherStation { get; init; }

    /// <summary>The home-help office that has an order for suction; null: none. At most 100 characters.</summary>
    public string? SuctionOffice { get; init; }

    /// <summary>Address of the institution, at most 300 characters.</summary>
    public string? InstitutionAddress { get; init; }

    /// <summary>Telephone of the institution, at most 30 characters.</summary>
    public string? InstitutionTelephone { get; init; }

    /// <summary>Fax of the institution, at most 30 characters.</summary>
    public string? InstitutionFax { get; init; }
}

/// <summary>A principal diagnosis.</summary>
/// <param name="Name">As written, at most 100 characters.</param>
/// <param name="Code">Its code (傷病名コード), digits or an ICD-10 code; at most 20 characters. Forms before June 2024 have no place for it.</param>
public sealed record OrderDiagnosis(string Name, string? Code = null);

/// <summary>A medicine on an order.</summary>
/// <param name="Name">Name, at most 200 characters.</param>
/// <param name="Usage">Dose and usage as prescribed (用量・用法), at most 500 characters.</param>
public sealed record OrderDrug(string Name, string? Usage = null);

/// <summary>A device worn or used (装着・使用医療機器等).</summary>
/// <param name="Kind">Which.</param>
/// <param name="Setting">Setting or site: flow in L/min, mode, place; at most 100 characters.</param>
/// <param name="Size">Size, at most 30 characters.</param>
/// <param name="ChangeEveryDays">Changed every so many days, 1–365.</param>
public sealed record OrderDevice(OrderDeviceKind Kind, string? Setting = null, string? Size = null, int? ChangeEveryDays = null);

/// <summary>Rehabilitation by therapists as a part of visiting nursing.</summary>
/// <param name="Professions">Who: physical, occupational, speech therapist.</param>
/// <param name="MinutesADay">Minutes a day, 20–180.</param>
/// <param name="TimesAWeek">Times a week, 1–7.</param>
/// <param name="What">What is done, at most 1,000 characters.</param>
public sealed record OrderTherapy(IReadOnlyList<Profession> Professions, int? MinutesADay = null, int? TimesAWeek = null, string? What = null);

/// <summary>A peripheral infusion.</summary>
/// <param name="Drugs">Drug, dose and route, one to ten.</param>
/// <param name="DaysAWeek">Days a week, 3–7.</param>
/// <param name="Peripheral">Whether it goes into a peripheral vein; the form is for no other.</param>
public sealed record OrderInfusion(IReadOnlyList<InfusionDrug> Drugs, int DaysAWeek, bool Peripheral);

/// <summary>A drug of an infusion.</summary>
/// <param name="Drug">投与薬剤, at most 200 characters.</param>
/// <param name="Dose">投与量 with its unit, at most 100 characters.</param>
/// <param name="Route">投与方法, at most 100 characters.</param>
public sealed record InfusionDrug(string Drug, string Dose, string Route);

/// <summary>The fields of the psychiatric forms.</summary>
/// <remarks>Source: 別紙様式17 and 17の2.</remarks>
public sealed record PsychiatricPart
{
    /// <summary>病名告知; null: not said.</summary>
    public bool? Disclosed { get; init; }

    /// <summary>治療の受け入れ; at most 500 characters.</summary>
    public string? Acceptance { get; init; }

    /// <summary>複数名訪問の必要性; null: not said.</summary>
    public bool? SeveralVisitors { get; init; }

    /// <summary>Why several visit at once.</summary>
    public IReadOnlyList<SeveralVisitorsReason> SeveralVisitorsReasons { get; init; } = [];

    /// <summary>短時間訪問の必要性; null: not said.</summary>
    public bool? ShortVisits { get; init; }

    /// <summary>Why visits are short; at most 300 characters.</summary>
    public string? ShortVisitsReason { get; init; }

    /// <summary>複数回訪問の必要性, on the ordinary form; null: not said.</summary>
    public bool? SeveralVisitsADay { get; init; }

    /// <summary>Points to attend to, on the ordinary form.</summary>
    public IReadOnlyList<OrderPoint<PsychiatricPoint>> Points { get; init; } = [];

    /// <summary>What is to be observed, on the special form.</summary>
    public IReadOnlyList<OrderPoint<PsychiatricObservation>> Observations { get; init; } = [];

    /// <summary>主治医との情報交換の手段; at most 300 characters.</summary>
    public string? Exchange { get; init; }
}

/// <summary>The fields of the form for suction and tube feeding by certified carers.</summary>
/// <remarks>Source: 別紙様式34; the acts are those of 社会福祉士及び介護福祉士法施行規則 art. 1.</remarks>
public sealed record SuctionPart
{
    /// <summary>障害支援区分, 1–6; null: none.</summary>
    public int? DisabilityLevel { get; init; }

    /// <summary>実施行為種別</summary>
    public IReadOnlyList<CarerAct> Acts { get; init; } = [];

    /// <summary>喀痰吸引: pressure, duration, what to mind; at most 1,000 characters.</summary>
    public string? Suction { get; init; }

    /// <summary>経管栄養: what, how long, how much, what to mind; at most 1,000 characters.</summary>
    public string? Feeding { get; init; }

    /// <summary>その他留意事項(介護職員等); at most 1,000 characters.</summary>
    public string? ForCarers { get; init; }

    /// <summary>その他留意事項(看護職員); at most 1,000 characters.</summary>
    public string? ForNurses { get; init; }

    /// <summary>使用医療機器等, each with kind and size.</summary>
    public IReadOnlyList<OrderPoint<CarerDevice>> Devices { get; init; } = [];

    /// <summary>Whether something of an act's kind is ordered.</summary>
    internal bool Orders(bool feeding) => Acts.Any(a => a >= CarerAct.Gastrostomy == feeding);
}

/// <summary>A point of a list on the form that is marked, and what is written beside it.</summary>
/// <param name="Point">Which.</param>
/// <param name="Note">In words, at most 500 characters.</param>
public sealed record OrderPoint<T>(T Point, string? Note = null) where T : struct, Enum;

/// <summary>Why a second special order within a month is permitted.</summary>
/// <remarks>Source: 厚生労働大臣が定める者 for 特別訪問看護指示加算: users of a tracheal cannula, and a pressure ulcer beyond the dermis (真皮を越える褥瘡).</remarks>
public enum SecondSpecialReason
{
    /// <summary>気管カニューレを使用している状態</summary>
    TrachealCannula,
    /// <summary>真皮を越える褥瘡の状態</summary>
    PressureUlcerBeyondDermis,
}

/// <summary>障害高齢者の日常生活自立度(寝たきり度)</summary>
public enum BedriddenLevel
{
    /// <summary>自立</summary>
    Independent,
    /// <summary>J1</summary>
    J1,
    /// <summary>J2</summary>
    J2,
    /// <summary>A1</summary>
    A1,
    /// <summary>A2</summary>
    A2,
    /// <summary>B1</summary>
    B1,
    /// <summary>B2</summary>
    B2,
    /// <summary>C1</summary>
    C1,
    /// <summary>C2</summary>
    C2,
}

/// <summary>認知症高齢者の日常生活自立度</summary>
public enum DementiaLevel
{
    /// <summary>自立</summary>
    Independent,
    /// <summary>Ⅰ</summary>
    I,
    /// <summary>Ⅱa</summary>
    IIa,
    /// <summary>Ⅱb</summary>
    IIb,
    /// <summary>Ⅲa</summary>
    IIIa,
    /// <summary>Ⅲb</summary>
    IIIb,
    /// <summary>Ⅳ</summary>
    IV,
    /// <summary>M</summary>
    M,
}

/// <summary>Depth of a pressure ulcer as the form asks: DESIGN-R 2020 from D3, NPUAP from stage III.</summary>
public enum UlcerDepth
{
    /// <summary>D3</summary>
    D3,
    /// <summary>D4</summary>
    D4,
    /// <summary>D5</summary>
    D5,
    /// <summary>NPUAP Ⅲ度</summary>
    NpuapIII,
    /// <summary>NPUAP Ⅳ度</summary>
    NpuapIV,
}

/// <summary>Devices in the order of the form.</summary>
public enum OrderDeviceKind
{
    /// <summary>自動腹膜灌流装置</summary>
    PeritonealDialysis,
    /// <summary>透析液供給装置</summary>
    DialysisSupply,
    /// <summary>酸素療法</summary>
    Oxygen,
    /// <summary>吸引器</summary>
    Suction,
    /// <summary>中心静脈栄養</summary>
    CentralVenousNutrition,
    /// <summary>輸液ポンプ</summary>
    InfusionPump,
    /// <summary>経管栄養</summary>
    TubeFeeding,
    /// <summary>留置カテーテル</summary>
    IndwellingCatheter,
    /// <summary>人工呼吸器</summary>
    Ventilator,
    /// <summary>気管カニューレ</summary>
    TrachealCannula,
    /// <summary>人工肛門</summary>
    Colostomy,
    /// <summary>人工膀胱</summary>
    Urostomy,
    /// <summary>その他</summary>
    Other,
}

/// <summary>Acts that certified carers may be ordered to do, in the order of the form.</summary>
public enum CarerAct
{
    /// <summary>口腔内の喀痰吸引</summary>
    Mouth,
    /// <summary>鼻腔内の喀痰吸引</summary>
    Nose,
    /// <summary>気管カニューレ内部の喀痰吸引</summary>
    Cannula,
    /// <summary>胃ろうによる経管栄養</summary>
    Gastrostomy,
    /// <summary>腸ろうによる経管栄養</summary>
    Enterostomy,
    /// <summary>経鼻経管栄養</summary>
    NasalTube,
}

/// <summary>Devices in the order of the form for suction and tube feeding.</summary>
public enum CarerDevice
{
    /// <summary>経鼻胃管</summary>
    NasalTube,
    /// <summary>胃ろう・腸ろうカテーテル</summary>
    StomaCatheter,
    /// <summary>吸引器</summary>
    Suction,
    /// <summary>人工呼吸器</summary>
    Ventilator,
    /// <summary>気管カニューレ</summary>
    TrachealCannula,
    /// <summary>その他</summary>
    Other,
}

/// <summary>Why several visit at once, as the psychiatric forms have it.</summary>
public enum SeveralVisitorsReason
{
    /// <summary>暴力行為、著しい迷惑行為、器物破損行為等が認められる者</summary>
    Violence,
    /// <summary>身体的理由により一人での訪問が困難</summary>
    Physical,
    /// <summary>利用者及びその家族それぞれへの支援が必要</summary>
    PersonAndFamily,
    /// <summary>その他</summary>
    Other,
}

/// <summary>Points to attend to, in the order of the psychiatric form.</summary>
public enum PsychiatricPoint
{
    /// <summary>生活リズムの確立</summary>
    Rhythm,
    /// <summary>家事能力、社会技能等の獲得</summary>
    Skills,
    /// <summary>対人関係の改善(家族含む)</summary>
    Relations,
    /// <summary>社会資源活用の支援</summary>
    Resources,
    /// <summary>薬物療法継続への援助</summary>
    Medicine,
    /// <summary>身体合併症の発症・悪化の防止</summary>
    Complications,
    /// <summary>その他</summary>
    Other,
}

/// <summary>What is to be observed, in the order of the special psychiatric form.</summary>
public enum PsychiatricObservation
{
    /// <summary>服薬確認</summary>
    Medicine,
    /// <summary>水分及び食物摂取の状況</summary>
    Intake,
    /// <summary>精神症状</summary>
    Mental,
    /// <summary>身体症状</summary>
    Physical,
    /// <summary>その他</summary>
    Other,
}
