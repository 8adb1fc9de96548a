import statsmodels.api as sm
import statsmodels.formula.api as smf


def model(dbt, session):
    df = dbt.ref("fct_revenue").df()
    fitted = smf.ols("amount ~ C(country) + np.log(amount + 1)", data=df).fit(cov_type="HC3")
    print(fitted.summary())
    frame = fitted.summary_frame() if hasattr(fitted, "summary_frame") else fitted.params.to_frame("value")
    residuals = sm.stats.diagnostic.acorr_ljungbox(fitted.resid, lags=[10], return_df=True)
    return frame.reset_index(names="term").assign(p=float(residuals["lb_pvalue"].iloc[0]))
