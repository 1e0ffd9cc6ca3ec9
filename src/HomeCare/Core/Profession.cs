namespace HomeCare;

/// <summary>The profession, or the tie to the person cared for, under which somebody acts. Names as in docs/language.md.</summary>
public enum Profession
{
    /// <summary>医師</summary>
    Physician,
    /// <summary>歯科医師</summary>
    Dentist,
    /// <summary>看護師</summary>
    Nurse,
    /// <summary>保健師</summary>
    PublicHealthNurse,
    /// <summary>助産師</summary>
    Midwife,
    /// <summary>准看護師</summary>
    AssistantNurse,
    /// <summary>理学療法士</summary>
    PhysicalTherapist,
    /// <summary>作業療法士</summary>
    OccupationalTherapist,
    /// <summary>言語聴覚士</summary>
    SpeechTherapist,
    /// <summary>薬剤師</summary>
    Pharmacist,
    /// <summary>介護支援専門員</summary>
    CareManager,
    /// <summary>訪問介護員</summary>
    Helper,
    /// <summary>家族</summary>
    Family,
    /// <summary>本人</summary>
    Patient,
    /// <summary>救急隊</summary>
    Ambulance,
    /// <summary>管理者: invites, removes and exports; sees no record.</summary>
    Administrator,
    /// <summary>The import of records from another system. Nobody signs in as it.</summary>
    Import,
    /// <summary>The product's own timer. Nobody signs in as it.</summary>
    Timer,
}
