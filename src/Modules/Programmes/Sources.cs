namespace Shouwang.Modules.Programmes;

/// <summary>Who said it, by the codes of the policy's list of sources.</summary>
internal static class Sources
{
    public const string Register = "register";
    public const string MedicalInsurance = "medical_insurance";
    public const string Education = "education";
    public const string Housing = "housing";
    public const string Water = "water";
    public const string DisabledFederation = "disabled_federation";
    public const string CivilAffairs = "civil_affairs";
    public const string Labour = "hr";
    public const string Bank = "bank";
}
